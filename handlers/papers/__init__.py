"""Documents people open and sign, written from one form that knows no format: Word, Excel, CSV, PDF."""

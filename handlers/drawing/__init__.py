"""Pictures as SVG, drawn from facts: values in, text out. Only `png` turns one into the bytes of a file."""

"""What the operator does from the command line: each function opens what it needs and returns what is to be said."""

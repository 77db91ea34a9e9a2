"""What happens when somebody writes, presses, or a time comes."""

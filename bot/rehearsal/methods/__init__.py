"""What the server does for each method: one function a method, from typed parameters to the result."""

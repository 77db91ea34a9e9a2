"""Which version this is; a test holds it to pyproject.toml, for a clone need not be installed to run."""

VERSION = "0.1.0"

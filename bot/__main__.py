"""`python -m bot` is `focalpoint`."""

from bot.cli import main

if __name__ == "__main__":
    main()

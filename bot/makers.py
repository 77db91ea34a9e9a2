"""The one visible table of files that are made when they leave."""

from handlers.files import Maker

MAKERS: dict[str, Maker] = {}

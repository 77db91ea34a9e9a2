"""The one visible table of files that are made when they leave."""

from handlers import calendar_files
from handlers.files import Maker

MAKERS: dict[str, Maker] = {
    "calendar_file": calendar_files.MAKER,
}

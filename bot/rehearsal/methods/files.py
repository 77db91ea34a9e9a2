"""Telling where a file can be fetched."""

from bot.rehearsal.files import LARGEST_DOWNLOAD
from bot.rehearsal.records import Json
from bot.rehearsal.refusals import bad
from bot.rehearsal.state import State


def get_file(state: State, parameters: Json) -> Json:
    """getFile: the path under /file/bot<token>/, up to 20 MB."""
    stored = state.files.by_id.get(parameters["file_id"])
    if stored is None:
        raise bad("invalid file_id")
    if len(stored.content) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    return stored.json() | {"file_path": stored.path}

"""Files that people and the bot sent, by file id, and what Telegram says of them."""

import hashlib
import mimetypes
from dataclasses import dataclass

from bot.rehearsal.records import Json
from bot.rehearsal.refusals import bad

LARGEST_DOWNLOAD, LARGEST_UPLOAD, LARGEST_PHOTO = 20_000_000, 50_000_000, 10_000_000
_PICTURES = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n": "png", b"GIF8": "gif", b"RIFF": "webp"}

MEDIA: dict[str, Json] = {
    "video": {"width": 90, "height": 90, "duration": 3},
    "audio": {"duration": 3},
    "voice": {"duration": 3},
    "animation": {"width": 90, "height": 90, "duration": 3},
    "video_note": {"length": 90, "duration": 3},
}
"""What is seen or heard, by its key in a message, with the keys its object must have."""
_NAMED = frozenset({"video", "audio", "animation"})

# The smallest thing that begins and ends like a JPEG: people's photographs when a test does not care.
TINY_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


@dataclass(frozen=True)
class StoredFile:
    """One file; `path` is what getFile gives and the download address ends with."""

    file_id: str
    kind: str
    name: str
    path: str
    content: bytes

    def json(self) -> Json:
        """The keys that every file object of the Bot API has."""
        unique = hashlib.sha256(self.content).hexdigest()[:16]
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": len(self.content)}


class Files:
    """Every file of one server."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}

    def add_document(self, name: str, content: bytes) -> StoredFile:
        """Keep a document; refused when empty or too large."""
        return self._add("documents", name, content, LARGEST_UPLOAD)

    def add_photo(self, content: bytes, name: str = "picture") -> StoredFile:
        """Keep a picture; refused when it is none. It ends with what it is, whatever the name says."""
        ending = next((ending for head, ending in _PICTURES.items() if content.startswith(head)), None)
        if content and ending is None:
            raise bad("IMAGE_PROCESS_FAILED")
        return self._add("photos", f"{name.partition('.')[0]}.{ending}", content, LARGEST_PHOTO)

    def add_media(self, kind: str, content: bytes, name: str = "") -> StoredFile:
        """Keep something to see or hear; refused when empty or too large."""
        return self._add(kind, name, content, LARGEST_UPLOAD)

    def _add(self, kind: str, name: str, content: bytes, largest: int) -> StoredFile:
        if not content:
            raise bad("file must be non-empty")
        if len(content) > largest:
            raise bad("file is too big")
        number = len(self.by_id) + 1
        ending = name.rpartition(".")[2] if "." in name else "bin"
        file_id = f"{kind[:3].upper()}-{number:06d}-rehearsal"
        self.by_id[file_id] = StoredFile(file_id, kind, name, f"{kind}/file_{number}.{ending}", content)
        return self.by_id[file_id]

    def get(self, file_id: str, kind: str | None = None) -> StoredFile:
        """The file with this id; refused in Telegram's words when there is none of that kind."""
        found = self.by_id.get(file_id)
        if found is None or kind not in {None, found.kind}:
            raise bad("wrong file identifier/HTTP URL specified")
        return found

    def at(self, path: str) -> StoredFile | None:
        """The file that lies at a download path."""
        return next((file for file in self.by_id.values() if file.path == path), None)


def document_json(file: StoredFile) -> Json:
    """The Document object of a stored file."""
    mime = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return {"file_name": file.name, "mime_type": mime, **file.json()}


def photo_json(file: StoredFile) -> list[Json]:
    """The sizes of a stored picture; one is enough."""
    return [{"width": 90, "height": 90, **file.json()}]


def media_content(file: StoredFile) -> Json:
    """What a message says of something to see or hear; an animation is a document as well, as it is in Telegram."""
    named = {"file_name": file.name} if file.name and file.kind in _NAMED else {}
    content: Json = {file.kind: MEDIA[file.kind] | named | file.json()}
    return content | {"document": document_json(file)} if file.kind == "animation" else content

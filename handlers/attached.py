"""The table that came with a message, or with the one replied to."""

from handlers.request import Request


def table(request: Request) -> tuple[str, str]:
    """Its text and the name of its file; empty texts where there is none, or where it could not be read."""
    quoted = request.heard.reply_to
    attachments = (*request.attachments, *(quoted.attachments if quoted is not None else ()))
    found = next((each for each in attachments if each.content), None)
    return (found.content, found.name) if found is not None else ("", "")


def has_file(request: Request) -> bool:
    """Whether any file came along, readable or not."""
    quoted = request.heard.reply_to
    attachments = (*request.attachments, *(quoted.attachments if quoted is not None else ()))
    return any(each.kind == "document" for each in attachments)

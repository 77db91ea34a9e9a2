"""The files, photos and links a message brings, or the message it replies to."""

from handlers.heard import Attachment
from handlers.request import Request


def attached(request: Request) -> tuple[Attachment, ...]:
    """What came with the message, then what stands in the message replied to unless that is the bot's own."""
    quoted = request.heard.reply_to
    behind = quoted.attachments if quoted is not None and not quoted.from_this_bot else ()
    return request.attachments + behind

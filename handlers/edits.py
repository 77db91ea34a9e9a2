"""Messages that were changed after they had been answered: what was made of them, and where that is spoken about."""

from hashlib import sha256

from handlers.reply import Answer, Effect, Private, Reply, View, says
from handlers.request import Request
from handlers.views import edits as views
from storage import journal
from storage.kinds import Subject
from storage.tables import JournalEntry


async def made_by(request: Request, subject: Subject, change: str) -> list[JournalEntry]:
    """What the message that was changed had made in this group, as it was first; its author alone can change it."""
    entries = await journal.of_message(request.session, request.cause, request.here().id)
    return [entry for entry in entries if entry.subject is subject and entry.change == change]


def no_record(request: Request) -> Reply:
    """Nothing was made of the message, perhaps since its command was misspelt: it has to be written anew."""
    return says(aside(request, views.not_read_again()))


async def unread(request: Request) -> Reply:
    """The same, of any command."""
    return no_record(request)


def aside(request: Request, view: View) -> Effect:
    """To the author alone where that is possible, and once for the same words, however often they are touched."""
    heard, place = request.heard, request.cause.chat_id or "private"
    words = sha256(heard.text.encode()).hexdigest()[:16]
    # Not by the number of a private chat: that is the person's account, of which nothing may be left some day.
    key = f"edited:{request.person.id}:{place}:{heard.message_id}:{words}"
    if heard.private:
        return Answer(view, key=key)
    return Private(request.person.id, view, group_id=request.here().id, key=key, otherwise=view)

"""Writing into the journal what somebody did to a record of the group at hand."""

from collections.abc import Mapping
from typing import Any

from handlers.request import Request
from storage import journal
from storage.kinds import Subject
from storage.tables import JournalEntry


async def write(
    request: Request,
    subject: Subject,
    subject_id: int,
    change: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """One entry: who asked, in which message, what changed from what to what."""
    return await journal.append(
        request.session,
        request.cause,
        subject=subject,
        subject_id=subject_id,
        group_id=request.here().id,
        change=change,
        before=before,
        after=after,
    )

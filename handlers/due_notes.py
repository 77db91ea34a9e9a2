"""What is asked or said about a date that was read: what was meant, the other reading, and what speaks against it."""

from datetime import timedelta
from typing import Any

from handlers import task_pickers as pickers
from handlers import warnings, working
from handlers.due_reading import DueReading
from handlers.reply import Answer
from handlers.request import Request
from handlers.task_steps import Meant
from handlers.views import task_questions
from handlers.views.task_questions import WhichDate
from handlers.views.task_receipts import DueNotes, OtherReading
from handlers.views.tasks import DueFacts

FAR = timedelta(days=180)


async def question(request: Request, meant: Meant, read: DueReading) -> Answer:
    """Asks which date was meant; it is the business of whoever wrote it."""
    assert read.doubt is not None, "a date without doubt is not asked about"
    cities = tuple(await working.cities(request.session, meant.parts[0].group_id))
    facts = WhichDate(meant.name, pickers.aside(meant).args, read.written, read.due, read.doubt, cities, read.other)
    return Answer(task_questions.which_date(facts), personal=True)


def question_of_day(name: str, args: dict[str, Any], read: DueReading, *, chosen: str, again: str) -> Answer:
    """The same where a day alone is wanted, and not of a task."""
    assert read.doubt is not None, "a date without doubt is not asked about"
    other = None if read.other is None else DueFacts(read.other.day)
    due = DueFacts(read.due.day)
    facts = WhichDate(name, args, read.written, due, read.doubt, (), other, chosen, again, month="", is_deadline=False)
    return Answer(task_questions.which_date(facts), personal=True)


async def question_of_time(
    request: Request, name: str, args: dict[str, Any], read: DueReading, **presses: str
) -> Answer:
    """The same of an appointment: each reading in both cities; of a day alone where no time was given."""
    assert read.doubt is not None, "a date without doubt is not asked about"
    cities = tuple(await working.cities(request.session, request.here().id))
    facts = WhichDate(
        name, args, read.written, read.due, read.doubt, cities, read.other, month="", is_deadline=False, **presses
    )
    return Answer(task_questions.which_date(facts), personal=True)


async def gather(request: Request, meant: Meant, read: DueReading, *, sure: bool = False) -> DueNotes:
    """The other reading, days off and unconfirmed years; `sure` is a date that was kept knowingly."""
    shown = read.other is not None or _lies_far(request, read)
    reading = OtherReading(read.written, read.due, read.other) if shown else None
    warned = await warnings.about(request.session, meant.parts, read.due, request.now, sure=sure)
    return DueNotes(pickers.aside(meant).args, warned, reading)


def _lies_far(request: Request, read: DueReading) -> bool:
    """Whether a day was written without its year and lies so far ahead that one just past may have been meant."""
    day = read.due.day
    if day is None or not read.written or str(day.year) in read.written:
        return False
    return day - request.now.date() > FAR

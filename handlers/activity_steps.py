"""What the steps on an activity share: finding it, asking for words, writing a change down, acknowledging it."""

from typing import Any

from handlers.activity_cards import card_of
from handlers.permission import may
from handlers.refusals import NoSuchRecord, NotNow, StaleButton
from handlers.reply import Answer, Edit, Effect, React, RefreshCard, Reply, Toast, View, says
from handlers.request import Request
from handlers.rules.activity_changes import ActivityChange
from handlers.rules.names import activity_name
from handlers.rules.rights import Act
from storage import activities, dialogues, journal
from storage.kinds import Subject
from storage.tables import Activity

PLACE = ("area", "page")
WRITTEN = "✍"


async def named(request: Request, number: int) -> Activity:
    """The activity of that number here; raises NoSuchRecord."""
    found = await activities.by_number(request.session, request.here().id, number)
    if found is None:
        raise NoSuchRecord(name=activity_name(number))
    return found


async def meant(request: Request) -> Activity:
    """The activity a press or a typed answer is about; raises StaleButton outside its group."""
    found = await activities.get(request.session, request.args["activity"])
    if found is None or found.group_id != request.here().id:
        raise StaleButton
    return found


async def to_change(request: Request, act: Act = Act.CHANGE_ACTIVITY) -> Activity:
    """The same, where the asker may do that to it and it was not called off. Raises NotYours, NotNow, StaleButton."""
    row = await meant(request)
    await may(request, act, side_id=row.lead_id)
    if row.dropped_at is not None:
        raise NotNow(name=activity_name(row.number), state="dropped")
    return row


def place(request: Request) -> dict[str, Any]:
    """The page of the plan from which the pressed card was opened; empty for a living card."""
    return {name: request.args[name] for name in PLACE if name in request.args}


def args_of(request: Request, row: Activity) -> dict[str, Any]:
    """What buttons about an activity carry."""
    return {"activity": row.id, "group": row.group_id, **place(request)}


async def note(
    request: Request, row: Activity, change: ActivityChange, before: dict[str, Any] | None = None, **after: Any
) -> None:
    """Count a change and write it into the journal."""
    row.version += 1
    request.session.add(row)
    await write(request, row, change, before, **after)


async def write(
    request: Request, row: Activity, change: ActivityChange, before: dict[str, Any] | None = None, **after: Any
) -> None:
    """Write into the journal what happened to an activity."""
    await journal.append(
        request.session,
        request.cause,
        subject=Subject.ACTIVITY,
        subject_id=row.id,
        group_id=row.group_id,
        change=change,
        before=before or {},
        after=after,
    )


async def ask(request: Request, row: Activity, *, kind: str, view: View, **args: Any) -> Reply:
    """Ask the person for words about an activity; they come back to the dialogue's handler with these args."""
    key = f"ask:{request.heard.update_id}"
    await dialogues.ask(
        request.session,
        person_id=request.person.id,
        chat_id=request.heard.chat_id,
        thread_id=request.heard.thread_id,
        kind=kind,
        args={"activity": row.id, "group": row.group_id, **args},
        group_id=row.group_id,
        prompt_key=key,
        at=request.now,
    )
    return says(Answer(view, key=key))


async def acknowledged(request: Request, row: Activity, said: View, *then: Effect) -> Reply:
    """The quietest acknowledgement there is here, the cards brought up to date, and what else follows."""
    effects = [_receipt(request, said), await refreshed(request, row)]
    if request.heard.press and not await _is_living_card(request, row):
        effects.append(Edit(await card_of(request.session, row, request.now, back=place(request))))
    return says(*effects, *then)


async def unchanged(request: Request, row: Activity) -> Reply:
    """What was chosen holds already: back to the card, and nothing is written."""
    return says(Edit(await card_of(request.session, row, request.now, back=place(request))))


async def _is_living_card(request: Request, row: Activity) -> bool:
    """Whether the message that was pressed is brought up to date anyhow: an edit more would change nothing."""
    message_id = request.heard.press.message_id if request.heard.press else None
    if message_id is None or place(request):
        return False
    found = await activities.of_card(request.session, request.heard.chat_id, message_id)
    return found is not None and found.id == row.id


async def refreshed(request: Request, row: Activity) -> Effect:
    """Every living card of an activity as it stands now."""
    await request.session.flush()
    return RefreshCard(Subject.ACTIVITY, row.id, await card_of(request.session, row, request.now))


def _receipt(request: Request, said: View) -> Effect:
    if request.heard.press:
        return Toast(said)
    return Answer(said) if request.heard.private else React(otherwise=said, emoji=WRITTEN)

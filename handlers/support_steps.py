"""What the steps on a request for support share: finding it, writing a change down, acknowledging it."""

from typing import Any

from handlers import journalling
from handlers.decision_steps import place_in_list
from handlers.refusals import NoSuchRecord, StaleButton
from handlers.reply import Answer, Edit, Effect, Private, React, RefreshCard, Reply, Toast, View, says
from handlers.request import Request
from handlers.rules.names import support_name
from handlers.rules.support import OPEN_SUPPORT, SupportChange
from handlers.support_cards import card_of
from storage import people, support
from storage.kinds import Subject
from storage.tables import SupportRequest

WRITTEN = "✍"


async def meant(request: Request) -> SupportRequest:
    """The request a press or a typed answer is about; raises StaleButton outside its group."""
    found = await support.get(request.session, request.args["id"])
    if found is None or found.group_id != request.here().id:
        raise StaleButton
    return found


async def numbered(request: Request, number: int) -> SupportRequest:
    """The request of that number in the group at hand; raises NoSuchRecord."""
    found = await support.by_number(request.session, request.here().id, number)
    if found is None:
        raise NoSuchRecord(name=support_name(number))
    return found


async def note(
    request: Request,
    row: SupportRequest,
    change: SupportChange,
    before: dict[str, Any] | None = None,
    **after: Any,
) -> None:
    """Count a change, have the request looked at, and write the change into the journal."""
    if change is not SupportChange.ASKED:
        row.version += 1
    row.look_at = request.now if row.state in OPEN_SUPPORT else None
    request.session.add(row)
    said = {"state": row.state, "as": request.mine().role, **after}
    await journalling.write(request, Subject.SUPPORT, row.id, change, before=before, after=said)


def args_of(row: SupportRequest) -> dict[str, Any]:
    """What leads to a request by a button or a typed answer."""
    return {"id": row.id, "group": row.group_id}


async def refreshed(request: Request, row: SupportRequest) -> Effect:
    """Every living card of a request as it stands now, also those of the coordinators in private."""
    await request.session.flush()
    return RefreshCard(Subject.SUPPORT, row.id, await card_of(request.session, row))


async def to_coordinators(request: Request, row: SupportRequest) -> list[Effect]:
    """The card as a new private message to every coordinator but whoever acts."""
    view = await card_of(request.session, row)
    card = (Subject.SUPPORT, row.id)
    others = [person for _, person in await people.coordinators(request.session, row.group_id)]
    return [Private(person.id, view, group_id=row.group_id, card=card) for person in others if person != request.person]


async def acknowledged(request: Request, row: SupportRequest, said: View, *then: Effect) -> Reply:
    """The quietest acknowledgement there is here, the cards brought up to date, and what else follows."""
    effects = [_receipt(request, said), await refreshed(request, row)]
    if request.heard.press and (back := place_in_list(request)):
        effects.append(Edit(await card_of(request.session, row, back=back)))
    return says(*effects, *then)


def _receipt(request: Request, said: View) -> Effect:
    if request.heard.press:
        return Toast(said)
    return Answer(said) if request.heard.private else React(otherwise=said, emoji=WRITTEN)

"""The evidence of a task, sent back by its Telegram id."""

from handlers.permission import may
from handlers.refusals import NoEvidence, StaleButton
from handlers.reply import Answer, KnownFile, Reply, says
from handlers.request import Request
from handlers.rules.names import task_name
from handlers.rules.rights import Act
from handlers.task_steps import by_press
from handlers.views import task_files as views
from storage import tasks
from storage.tables import Evidence


async def files(request: Request) -> Reply:
    """[Evidence]: the file at once where there is one, else the pieces to choose from."""
    request.here()
    await may(request, Act.SEE)
    parts = (await by_press(request)).parts
    found = [each for each in await tasks.evidence(request.session, [part.id for part in parts]) if each.file_id]
    if not found:
        raise NoEvidence
    if len(found) == 1:
        return says(_sent(found[0]))
    args = {"id": parts[0].id, "group": parts[0].group_id}
    named = [(each.id, each.kind, each.name) for each in found]
    return says(Answer(views.choose(task_name(parts[0].number), named, args)))


async def file(request: Request) -> Reply:
    """One of several pieces."""
    request.here()
    await may(request, Act.SEE)
    parts = await tasks.by_number(request.session, request.here().id, (await by_press(request)).parts[0].number)
    found = await tasks.evidence(request.session, [part.id for part in parts])
    piece = next((each for each in found if each.id == request.args["piece"]), None)
    if piece is None:
        raise StaleButton
    return says(_sent(piece))


def _sent(piece: Evidence) -> KnownFile:
    return KnownFile(piece.kind, piece.file_id, views.caption(piece.kind, piece.name), views.lost(piece.name))

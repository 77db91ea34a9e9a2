"""Whose the record is that a button leads to: in private its reader is shown no button for what he may not do.

Each handler asks for the right itself; what is shown follows the same targets, and a test asks the handlers about each.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import meeting_steps
from handlers.decision_text_facts import sides_of
from handlers.reply import Button
from handlers.rules.press_rights import ACTS, permits, shown_to
from handlers.rules.rights import Act, Actor, Target
from handlers.task_steps import own_or_all_of, owners, reach_of
from storage import activities, decision_texts, decisions, groups, meetings, shelf, support, tasks
from storage.kinds import Acceptance, TaskState
from storage.tables import Membership, Task

Args = Mapping[str, Any]
ASSIGNING = frozenset({Act.ASSIGN_OWN_SIDE, Act.ASSIGN_OTHER_SIDE})
SHAPING = frozenset({Act.CHANGE_DUE, Act.SET_AREA, Act.ORDER_TASK, Act.DROP_TASK})
ACROSS = {Act.COUNTERSIGN_TASK: TaskState.REPORTED, Act.HAND_BACK_TASK: TaskState.WAITING}
"""What the other side does, and the state in which there is something to do: its sides have to be known."""
ANYBODYS = Target()


class PressReader:
    """Somebody who reads a page about a group in private; each task is read once for all its buttons."""

    def __init__(self, session: AsyncSession, member: Membership) -> None:
        self._session = session
        self._role = member.role
        self._actor = Actor(member.person_id, member.role, member.side_id, group_id=member.group_id)
        self._parts: dict[int, Sequence[Task]] = {}

    async def may_press(self, button: Button) -> bool:
        """Whether he may have a use for the button."""
        if not shown_to(button.press, self._role):
            return False
        acts = ACTS.get(button.press, ())
        if not acts:
            return True
        if button.press.startswith("task."):
            return await self._may_with_task(button.args, acts)
        find = _BY_PRESS.get(button.press) or _BY_KIND.get(button.press.partition(".")[0])
        targets = (ANYBODYS,) if find is None else await find(self._session, button.args)
        return any(permits(act, self._actor, targets) for act in acts)

    async def _may_with_task(self, args: Args, acts: Sequence[Act]) -> bool:
        parts = await self._parts_of(args)
        across = not ACROSS.keys().isdisjoint(acts)
        sides = {side.id for side in await groups.sides(self._session, args["group"])} if across else set[int]()
        return any(_may_on_parts(act, self._actor, parts, sides) for act in acts)

    async def _parts_of(self, args: Args) -> Sequence[Task]:
        """The part that `part` names, or all parts of the task of which `id` is one."""
        task_id = args.get("part") or args["id"]
        if task_id not in self._parts:
            task = await tasks.get(self._session, task_id)
            alone = task is None or "part" in args
            found = [task] if task is not None else []
            self._parts[task_id] = found if task is None or alone else await tasks.parts_of(self._session, task)
        return self._parts[task_id]


def _may_on_parts(act: Act, actor: Actor, parts: Sequence[Task], sides: set[int]) -> bool:
    """Whether he may do it to a part; what changes the task as a whole, to each part that would be changed."""
    if act is Act.ORDER_TASK:
        parts = parts[:1]
    if act in (Act.CHANGE_DUE, Act.DROP_TASK):
        meant = own_or_all_of(parts, actor.person_id)
        return bool(meant) and all(permits(act, actor, _of_part(task, act, actor, sides)) for task in meant)
    return any(permits(act, actor, _of_part(task, act, actor, sides)) for task in parts)


def _of_part(task: Task, act: Act, actor: Actor, sides: set[int]) -> Sequence[Target]:
    """Whose one part is for this act; nothing where the act has no place with it."""
    reach = reach_of(task, actor.person_id, actor.side_id)
    whole = Target(reach.owners, reach.side_id)
    if act in SHAPING:
        return (whole,)
    if act in ASSIGNING:  # what is somebody's is given to another by who may take it away
        free = task.assignee_id is None or permits(Act.DROP_TASK, actor, [whole])
        return (ANYBODYS,) if free else ()
    if act in ACROSS:
        waits = task.state is ACROSS[act]
        return [Target(side_id=side_id) for side_id in sides - {task.side_id}] if waits else ()
    if act is Act.ACCEPT_TASK and task.acceptance is not Acceptance.ASKED:
        return ()
    return (Target(frozenset(owners(task)), task.side_id),)


async def _of_decision(session: AsyncSession, args: Args) -> Sequence[Target]:
    row = await decisions.get(session, args["id"])
    return () if row is None else (Target(frozenset({row.proposed_by})),)


async def _of_answer(session: AsyncSession, args: Args) -> Sequence[Target]:
    row = await decisions.answer(session, args["answer"])
    return () if row is None else (Target(frozenset({row.person_id})),)


async def _of_wording(session: AsyncSession, args: Args) -> Sequence[Target]:
    """The sides whose language it is."""
    row = await decision_texts.get(session, args["text"])
    sides = () if row is None else sides_of(row.language, await groups.sides(session, args["group"]))
    return [Target(side_id=side.id) for side in sides]


async def _of_confirmation(session: AsyncSession, args: Args) -> Sequence[Target]:
    row = await decision_texts.confirmation(session, args["confirmation"])
    return () if row is None else (Target(frozenset({row.person_id})),)


async def _of_activity(session: AsyncSession, args: Args) -> Sequence[Target]:
    row = await activities.get(session, args["activity"])
    return () if row is None else (Target(side_id=row.lead_id),)


async def _of_meeting(session: AsyncSession, args: Args) -> Sequence[Target]:
    row = await meetings.get(session, args["id"])
    return () if row is None else (Target(frozenset(meeting_steps.owners(row))),)


async def _of_file(session: AsyncSession, args: Args) -> Sequence[Target]:
    row = await shelf.get(session, args["id"])
    return () if row is None else (Target(frozenset({row.shared_by}), row.side_id),)


async def _of_support(session: AsyncSession, args: Args) -> Sequence[Target]:
    row = await support.get(session, args["id"])
    return () if row is None else (Target(frozenset({row.asked_by}), row.side_id),)


Find = Callable[[AsyncSession, Args], Awaitable[Sequence[Target]]]
_BY_PRESS: Mapping[str, Find] = {
    "decision.contest": _of_answer,
    "decision.text_contest": _of_confirmation,
    "decision.text_confirm": _of_wording,
}
_BY_KIND: Mapping[str, Find] = {
    "decision": _of_decision,
    "activity": _of_activity,
    "meeting": _of_meeting,
    "session": _of_meeting,
    "minutes": _of_meeting,
    "shelf": _of_file,
    "support": _of_support,
}

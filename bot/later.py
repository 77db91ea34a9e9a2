"""The modules of handlers, each loaded when the first of its handlers is called: most updates need few of them."""

from collections.abc import Awaitable, Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handlers import (
        activities as activities,
    )
    from handlers import (
        activity_changes as activity_changes,
    )
    from handlers import (
        activity_tasks as activity_tasks,
    )
    from handlers import (
        agendas as agendas,
    )
    from handlers import (
        calendar as calendar,
    )
    from handlers import (
        calendar_days as calendar_days,
    )
    from handlers import (
        calendar_files as calendar_files,
    )
    from handlers import (
        calendar_import as calendar_import,
    )
    from handlers import (
        decision_answers as decision_answers,
    )
    from handlers import (
        decision_history as decision_history,
    )
    from handlers import (
        decision_records as decision_records,
    )
    from handlers import (
        decision_reviews as decision_reviews,
    )
    from handlers import (
        decision_text_records as decision_text_records,
    )
    from handlers import (
        decision_texts as decision_texts,
    )
    from handlers import (
        decisions as decisions,
    )
    from handlers import (
        finding as finding,
    )
    from handlers import (
        inviting as inviting,
    )
    from handlers import (
        joining as joining,
    )
    from handlers import (
        language as language,
    )
    from handlers import (
        leave as leave,
    )
    from handlers import (
        linking as linking,
    )
    from handlers import (
        matrices as matrices,
    )
    from handlers import (
        mechanism as mechanism,
    )
    from handlers import (
        meeting_agreements as meeting_agreements,
    )
    from handlers import (
        meeting_arranging as meeting_arranging,
    )
    from handlers import (
        meeting_history as meeting_history,
    )
    from handlers import (
        meeting_invitations as meeting_invitations,
    )
    from handlers import (
        meeting_minutes as meeting_minutes,
    )
    from handlers import (
        meeting_notes as meeting_notes,
    )
    from handlers import (
        meeting_series as meeting_series,
    )
    from handlers import (
        meeting_times as meeting_times,
    )
    from handlers import (
        meetings as meetings,
    )
    from handlers import (
        minutes_papers as minutes_papers,
    )
    from handlers import (
        minutes_records as minutes_records,
    )
    from handlers import (
        naming as naming,
    )
    from handlers import (
        nudge_presses as nudge_presses,
    )
    from handlers import (
        people as people,
    )
    from handlers import (
        pictures as pictures,
    )
    from handlers import (
        playbook_moves as playbook_moves,
    )
    from handlers import (
        playbook_starting as playbook_starting,
    )
    from handlers import (
        playbooks as playbooks,
    )
    from handlers import (
        privacy as privacy,
    )
    from handlers import (
        recurrence as recurrence,
    )
    from handlers import (
        reporting as reporting,
    )
    from handlers import (
        sessions as sessions,
    )
    from handlers import (
        shelf as shelf,
    )
    from handlers import (
        shelf_lists as shelf_lists,
    )
    from handlers import (
        starting as starting,
    )
    from handlers import (
        status as status,
    )
    from handlers import (
        support as support,
    )
    from handlers import (
        support_answers as support_answers,
    )
    from handlers import (
        support_details as support_details,
    )
    from handlers import (
        support_history as support_history,
    )
    from handlers import (
        task_acceptance as task_acceptance,
    )
    from handlers import (
        task_after as task_after,
    )
    from handlers import (
        task_changes as task_changes,
    )
    from handlers import (
        task_checklist as task_checklist,
    )
    from handlers import (
        task_dates as task_dates,
    )
    from handlers import (
        task_evidence as task_evidence,
    )
    from handlers import (
        task_files as task_files,
    )
    from handlers import (
        task_history as task_history,
    )
    from handlers import (
        task_lists as task_lists,
    )
    from handlers import (
        task_moves as task_moves,
    )
    from handlers import (
        task_signing as task_signing,
    )
    from handlers import (
        tasks as tasks,
    )
    from handlers import (
        terms as terms,
    )
    from handlers import (
        travel as travel,
    )
    from handlers import (
        when as when,
    )


class Later:
    """Stands for a module of handlers, and each name in it for that handler."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        return partial(_call, self._module, name)


async def _call(module: str, name: str, *given: Any) -> Any:
    return await getattr(import_module(module), name)(*given)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Later:
        if name.startswith("_"):  # such as `__path__`, by which a package is told from a module
            raise AttributeError(name)
        return Later(f"handlers.{name}")

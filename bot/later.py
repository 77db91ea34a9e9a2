"""The modules of handlers, each loaded when the first of its handlers is called: most updates need few of them."""

from collections.abc import Awaitable, Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handlers import (
        activities,
        activity_changes,
        activity_tasks,
        agendas,
        calendar,
        calendar_days,
        calendar_files,
        calendar_import,
        decision_answers,
        decision_edits,
        decision_history,
        decision_records,
        decision_reviews,
        decision_text_records,
        decision_texts,
        decisions,
        finding,
        inviting,
        joining,
        language,
        leave,
        linking,
        matrices,
        mechanism,
        meeting_agreements,
        meeting_arranging,
        meeting_history,
        meeting_invitations,
        meeting_minutes,
        meeting_notes,
        meeting_series,
        meeting_times,
        meetings,
        minutes_papers,
        minutes_records,
        naming,
        nudge_presses,
        people,
        pictures,
        playbook_moves,
        playbook_starting,
        playbooks,
        privacy,
        recurrence,
        reporting,
        sessions,
        shelf,
        shelf_lists,
        starting,
        status,
        support,
        support_answers,
        support_details,
        support_history,
        task_acceptance,
        task_after,
        task_changes,
        task_checklist,
        task_dates,
        task_evidence,
        task_files,
        task_handing,
        task_history,
        task_lists,
        task_moves,
        task_signing,
        task_wording,
        tasks,
        terms,
        travel,
        when,
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

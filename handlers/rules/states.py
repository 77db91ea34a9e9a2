"""Which changes of state a task and a decision allow. Values in, values out: rights and rows are the caller's."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum, auto

from storage.kinds import DecisionState, TaskState, Verdict


class Move(StrEnum):
    """What somebody can do to a task's state."""

    PROGRESS = auto()
    WAIT = auto()
    BLOCK = auto()
    FINISH = auto()
    DROP = auto()
    REOPEN = auto()
    SUBMIT = auto()
    CONFIRM = auto()
    SEND_BACK = auto()
    HAND_BACK = auto()


class NoSuchMove(Exception):
    """The task is in a state from which this move leads nowhere."""

    def __init__(self, state: TaskState, move: Move) -> None:
        super().__init__(f"{move} leads nowhere from {state}")
        self.state = state
        self.move = move


class DecisionClosed(Exception):
    """The decision is no longer open: it takes no answer and cannot be withdrawn."""

    def __init__(self, state: DecisionState) -> None:
        super().__init__(f"the decision is {state}")
        self.state = state


UNDONE_TASKS = frozenset({TaskState.OPEN, TaskState.IN_PROGRESS, TaskState.WAITING, TaskState.BLOCKED})
LIVE_TASKS = UNDONE_TASKS | {TaskState.REPORTED}
CLOSED_TASKS = frozenset({TaskState.DONE, TaskState.CANCELLED})
OPEN_DECISIONS = frozenset({DecisionState.PROPOSED, DecisionState.OBJECTED})
REPLACEABLE = OPEN_DECISIONS | {DecisionState.AGREED}
REOPEN_WINDOW = timedelta(hours=24)

# A live task may be told "in progress", "waiting" or "blocked" again: a second report with new words is news.
_MOVES: Mapping[Move, tuple[frozenset[TaskState], TaskState]] = {
    Move.PROGRESS: (LIVE_TASKS, TaskState.IN_PROGRESS),
    Move.WAIT: (LIVE_TASKS, TaskState.WAITING),
    Move.BLOCK: (LIVE_TASKS, TaskState.BLOCKED),
    Move.FINISH: (LIVE_TASKS, TaskState.DONE),
    Move.DROP: (LIVE_TASKS, TaskState.CANCELLED),
    Move.REOPEN: (CLOSED_TASKS, TaskState.OPEN),
    # Where the group asks for a counter-sign, done is what the other side or the coordinator says.
    Move.SUBMIT: (UNDONE_TASKS, TaskState.REPORTED),
    Move.CONFIRM: (frozenset({TaskState.REPORTED}), TaskState.DONE),
    Move.SEND_BACK: (frozenset({TaskState.REPORTED}), TaskState.IN_PROGRESS),
    # What the other side was waited for has come, as that side says.
    Move.HAND_BACK: (frozenset({TaskState.WAITING}), TaskState.IN_PROGRESS),
}


def move(state: TaskState, step: Move) -> TaskState:
    """The state a task is in after the move; NoSuchMove where it leads nowhere."""
    starts, end = _MOVES[step]
    if state not in starts:
        raise NoSuchMove(state, step)
    return end


def moves_from(state: TaskState) -> tuple[Move, ...]:
    """The moves a task in this state allows, in the order of the enum: what its card offers as buttons."""
    return tuple(step for step, (starts, _) in _MOVES.items() if state in starts)


def owner_may_reopen(closed_at: datetime, now: datetime) -> bool:
    """Whether the person responsible may still take his own closing back: within 24 hours, the last moment included."""
    return now - closed_at <= REOPEN_WINDOW


def outcome(sides: Collection[int], answers: Mapping[int, Verdict], unworded: Collection[int] = ()) -> DecisionState:
    """Where an open decision stands: `answers` is the latest authorised answer of each side, by side id.

    Agreed needs the consent of every one of at least two sides; one objection that stands is an objection.
    Answers of anybody who is no side of the group do not count. `unworded` are the sides that have yet to confirm
    the wording in their language, where the group asks for it.
    """
    said = [answers.get(side) for side in sides]
    if Verdict.OBJECT in said:
        return DecisionState.OBJECTED
    if len(said) > 1 and all(verdict is Verdict.AGREE for verdict in said) and not unworded:
        return DecisionState.AGREED
    return DecisionState.PROPOSED


def awaited_wordings(
    sides: Collection[int], answers: Mapping[int, Verdict], unworded: Collection[int]
) -> tuple[int, ...]:
    """The sides whose wording is all that an open decision waits for; none while an answer is missing or objects."""
    return tuple(unworded) if outcome(sides, answers) is DecisionState.AGREED else ()


def after_answer(
    state: DecisionState, sides: Collection[int], answers: Mapping[int, Verdict], unworded: Collection[int] = ()
) -> DecisionState:
    """The outcome of a decision that is still open; DecisionClosed once it is agreed, withdrawn or superseded."""
    if state not in OPEN_DECISIONS:
        raise DecisionClosed(state)
    return outcome(sides, answers, unworded)


def after_withdrawal(state: DecisionState) -> DecisionState:
    """Withdrawn, if the decision was still open; else DecisionClosed."""
    if state not in OPEN_DECISIONS:
        raise DecisionClosed(state)
    return DecisionState.WITHDRAWN


def replaceable(state: DecisionState) -> bool:
    """Whether a new proposal may set out to supersede a decision in this state."""
    return state in REPLACEABLE


def after_replacement(state: DecisionState) -> DecisionState:
    """The old decision's state once the new one is agreed; one withdrawn meanwhile stays withdrawn."""
    return DecisionState.SUPERSEDED if state in REPLACEABLE else state

"""Requests for support: which steps a state allows, and by when an answer is due. Values in, values out."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum, auto

from handlers.rules.working_time import WorkingTime
from storage.kinds import SupportState


class SupportStep(StrEnum):
    """What can be done with a request; the words are stored in the journal by `SupportChange`."""

    GRANT = auto()
    PARTLY = auto()
    DECLINE = auto()
    ASK_BACK = auto()
    EXPLAIN = auto()
    WITHDRAW = auto()


class SupportChange(StrEnum):
    """What can happen to a request. The words are stored: a new one may be added, none may be changed."""

    ASKED = "support asked for"
    GRANTED = "support granted"
    PARTLY = "support granted in part"
    DECLINED = "support declined"
    ASKED_BACK = "question about support"
    EXPLAINED = "question about support answered"
    WITHDRAWN = "request for support withdrawn"
    KIND = "kind of support chosen"
    NEEDED_BY = "date of support changed"
    ACTIVITY = "activity of support chosen"


class NoSuchStep(Exception):
    """The request is in a state from which this step leads nowhere."""


OPEN_SUPPORT = frozenset({SupportState.ASKED, SupportState.QUESTION})

# What was declined can be granted after all, and what was granted in part can be granted whole.
_STEPS: Mapping[SupportStep, tuple[frozenset[SupportState], SupportState]] = {
    SupportStep.GRANT: (OPEN_SUPPORT | {SupportState.PARTLY, SupportState.DECLINED}, SupportState.GRANTED),
    SupportStep.PARTLY: (OPEN_SUPPORT | {SupportState.DECLINED}, SupportState.PARTLY),
    SupportStep.DECLINE: (OPEN_SUPPORT, SupportState.DECLINED),
    SupportStep.ASK_BACK: (OPEN_SUPPORT, SupportState.QUESTION),
    SupportStep.EXPLAIN: (frozenset({SupportState.QUESTION}), SupportState.ASKED),
    SupportStep.WITHDRAW: (OPEN_SUPPORT, SupportState.WITHDRAWN),
}
CHANGES: Mapping[SupportStep, SupportChange] = {
    SupportStep.GRANT: SupportChange.GRANTED,
    SupportStep.PARTLY: SupportChange.PARTLY,
    SupportStep.DECLINE: SupportChange.DECLINED,
    SupportStep.ASK_BACK: SupportChange.ASKED_BACK,
    SupportStep.EXPLAIN: SupportChange.EXPLAINED,
    SupportStep.WITHDRAW: SupportChange.WITHDRAWN,
}


def after(state: SupportState, step: SupportStep) -> SupportState:
    """The state after a step; NoSuchStep where it leads nowhere."""
    starts, end = _STEPS[step]
    if state not in starts:
        raise NoSuchStep(f"{step} leads nowhere from {state}")
    return end


def steps_from(state: SupportState) -> tuple[SupportStep, ...]:
    """What a request in this state allows, in the order of the enum: the buttons of its card."""
    return tuple(step for step, (starts, _) in _STEPS.items() if state in starts)


def answer_by(since: date, needed_by: date | None, answer_days: int, working: WorkingTime) -> date | None:
    """By when whoever is asked answers: after so many working days of his, or on the day it is needed if sooner."""
    due = working.add_working_days(since, answer_days)
    if due is None or needed_by is None:
        return due or needed_by
    return max(min(due, needed_by), since)


class SupportStage(StrEnum):
    """What somebody is told of a request: the project has not answered it, or whoever asked was asked back."""

    UNANSWERED = auto()
    ASKED_BACK = auto()

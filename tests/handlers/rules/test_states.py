"""States of tasks and decisions: tables of every move, and a machine that plays against a smaller model."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from handlers.rules import states
from handlers.rules.states import DecisionClosed, Move, NoSuchMove
from storage.kinds import DecisionState, TaskState, Verdict

YES, NO = Verdict.AGREE, Verdict.OBJECT
# columns: progress, wait, block, finish, drop, reopen, submit, confirm, send back, hand back; "." leads nowhere
MOVES = {
    "open": "in_progress waiting blocked done cancelled . reported . . .",
    "in_progress": "in_progress waiting blocked done cancelled . reported . . .",
    "waiting": "in_progress waiting blocked done cancelled . reported . . in_progress",
    "blocked": "in_progress waiting blocked done cancelled . reported . . .",
    "reported": "in_progress waiting blocked done cancelled . . done in_progress .",
    "done": ". . . . . open . . . .",
    "cancelled": ". . . . . open . . . .",
}


@pytest.mark.parametrize(("state", "step"), list(product(TaskState, Move)))
def test_every_move_from_every_state(state: TaskState, step: Move) -> None:
    end = MOVES[state].split()[list(Move).index(step)]
    if end != ".":
        assert states.move(state, step) == end
        return
    with pytest.raises(NoSuchMove) as refusal:
        states.move(state, step)
    assert (refusal.value.state, refusal.value.move) == (state, step)


@pytest.mark.parametrize("state", list(TaskState))
def test_a_card_offers_just_the_moves_there_are(state: TaskState) -> None:
    offered = [end != "." for end in MOVES[state].split()]
    assert states.moves_from(state) == tuple(step for step, there in zip(Move, offered, strict=True) if there)


CLOSED = datetime(2026, 4, 20, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "may"),
    [
        pytest.param(timedelta(0), True, id="at once"),
        pytest.param(timedelta(hours=24), True, id="at the last moment"),
        pytest.param(timedelta(hours=24, microseconds=1), False, id="just too late"),
    ],
)
def test_the_owner_takes_it_back_within_a_day(after: timedelta, may: bool) -> None:
    assert states.owner_may_reopen(CLOSED, CLOSED + after) is may


A, B, THIRD = 1, 2, 3
YES, NO = Verdict.AGREE, Verdict.OBJECT


@pytest.mark.parametrize(
    ("sides", "answers", "state"),
    [
        pytest.param([A, B], {}, "proposed", id="nobody answered"),
        pytest.param([A, B], {A: YES}, "proposed", id="one side is not both"),
        pytest.param([A, B], {B: YES}, "proposed", id="nor is the other"),
        pytest.param([A, B], {A: YES, B: YES}, "agreed", id="both sides"),
        pytest.param([A, B], {A: YES, B: NO}, "objected", id="one objects"),
        pytest.param([A, B], {A: NO}, "objected", id="an objection needs no second"),
        pytest.param([A, B], {A: NO, B: NO}, "objected", id="both object"),
        pytest.param([A, B], {A: YES, THIRD: YES}, "proposed", id="a third party does not replace a side"),
        pytest.param([A, B], {A: YES, B: YES, THIRD: NO}, "agreed", id="a third party cannot object"),
        pytest.param([A], {A: YES}, "proposed", id="one side alone agrees nothing"),
        pytest.param([], {}, "proposed", id="no sides agree nothing"),
        pytest.param([A, B, THIRD], {A: YES, B: YES}, "proposed", id="three sides need three"),
    ],
)
def test_the_outcome_of_answers(sides: list[int], answers: dict[int, Verdict], state: str) -> None:
    assert states.outcome(sides, answers) == state


@pytest.mark.parametrize("state", list(DecisionState))
def test_only_open_decisions_take_an_answer_or_are_withdrawn(state: DecisionState) -> None:
    if state in {"proposed", "objected"}:
        assert states.after_answer(state, [A, B], {A: YES, B: YES}) == "agreed"
        assert states.after_withdrawal(state) == "withdrawn"
        return
    with pytest.raises(DecisionClosed, match=state):
        states.after_answer(state, [A, B], {A: NO})
    with pytest.raises(DecisionClosed, match=state):
        states.after_withdrawal(state)


@pytest.mark.parametrize(
    ("state", "may", "then"),
    [
        ("proposed", True, "superseded"),
        ("objected", True, "superseded"),
        ("agreed", True, "superseded"),
        ("withdrawn", False, "withdrawn"),
        ("superseded", False, "superseded"),
    ],
)
def test_what_a_new_decision_does_to_the_old(state: str, may: bool, then: str) -> None:
    assert states.replaceable(DecisionState(state)) is may
    assert states.after_replacement(DecisionState(state)) == then


class TwoRecords(RuleBasedStateMachine):
    """A task and a decision, and beside them a model: a word or two that say the same more simply."""

    @initialize()
    def begin(self) -> None:
        self.task, self.closed, self.waits, self.across = TaskState.OPEN, False, False, False
        self.decision, self.answers, self.ended = DecisionState.PROPOSED, dict[int, Verdict](), ""

    @rule(step=st.sampled_from(Move))
    def somebody_moves_the_task(self, step: Move) -> None:
        possible = step in self._possible()
        try:
            self.task = states.move(self.task, step)
        except NoSuchMove:
            assert not possible
            return
        assert possible
        self.closed = step in {Move.FINISH, Move.DROP, Move.CONFIRM}
        self.waits, self.across = step is Move.SUBMIT, step is Move.WAIT

    def _possible(self) -> set[Move]:
        if self.closed:
            return {Move.REOPEN}
        signing = {Move.CONFIRM, Move.SEND_BACK} if self.waits else {Move.SUBMIT}
        handing = {Move.HAND_BACK} if self.across else set[Move]()
        return signing | handing | {Move.PROGRESS, Move.WAIT, Move.BLOCK, Move.FINISH, Move.DROP}

    @rule(side=st.sampled_from([A, B, THIRD]), verdict=st.sampled_from(Verdict))
    def somebody_answers(self, side: int, verdict: Verdict) -> None:
        answers = {**self.answers, side: verdict}
        try:
            self.decision = states.after_answer(self.decision, [A, B], answers)
        except DecisionClosed:
            assert self.ended
            return
        assert not self.ended
        self.answers = answers
        if self.answers.get(A) == self.answers.get(B) == YES:
            self.ended = "agreed"

    @rule()
    def the_proposer_withdraws(self) -> None:
        try:
            self.decision = states.after_withdrawal(self.decision)
        except DecisionClosed:
            assert self.ended
            return
        assert not self.ended
        self.ended = "withdrawn"

    @precondition(lambda self: self.ended != "withdrawn")
    @rule()
    def a_new_decision_replaces_it(self) -> None:
        assert states.replaceable(self.decision) is (self.ended != "superseded")
        self.decision = states.after_replacement(self.decision)
        self.ended = "superseded"

    @invariant()
    def the_task_is_as_the_model_says(self) -> None:
        assert (self.task in {"done", "cancelled"}) is self.closed
        assert set(states.moves_from(self.task)) == self._possible()

    @invariant()
    def the_decision_is_as_the_model_says(self) -> None:
        objected = NO in {self.answers.get(A), self.answers.get(B)}
        assert self.decision == (self.ended or ("objected" if objected else "proposed"))


TestTwoRecords = TwoRecords.TestCase
TestTwoRecords.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


@pytest.mark.parametrize(
    ("answers", "unworded", "awaited"),
    [
        pytest.param({1: YES, 2: YES}, [2], (2,), id="everybody agreed: only a wording is missing"),
        pytest.param({1: YES, 2: YES}, [1, 2], (1, 2), id="both wordings"),
        pytest.param({1: YES, 2: YES}, [], (), id="nothing is missing"),
        pytest.param({1: YES}, [2], (), id="an answer is missing too"),
        pytest.param({1: YES, 2: NO}, [2], (), id="an objection is no agreement"),
        pytest.param({}, [1, 2], (), id="nobody said anything"),
    ],
)
def test_whose_wording_is_all_that_is_missing(
    answers: dict[int, Verdict], unworded: list[int], awaited: tuple[int, ...]
) -> None:
    assert states.awaited_wordings([1, 2], answers, unworded) == awaited

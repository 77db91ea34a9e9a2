"""The limiter against a plain reading of its limits, by hand and by chance."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.limiter import Limiter

START = datetime(2026, 5, 9, 1, 0, tzinfo=UTC)
TINY = timedelta(microseconds=1)
PERSON, OTHER, GROUP, OTHER_GROUP = 5, 6, -100, -200

Taken = list[tuple[int | None, datetime]]


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def leave_at_once(limiter: Limiter, chat_id: int | None, count: int, now: datetime = START) -> list[float]:
    """The seconds after which `count` calls leave, each as soon as it may."""
    moments = []
    for _ in range(count):
        now = limiter.next_moment(chat_id, now)
        limiter.take(chat_id, now)
        moments.append((now - START).total_seconds())
    return moments


def test_a_person_gets_three_at_once_and_then_one_a_second() -> None:
    assert leave_at_once(Limiter(), PERSON, 6) == [0, 0, 0, 1, 2, 3]


def test_a_group_gets_fifteen_and_then_waits_for_the_minute() -> None:
    moments = leave_at_once(Limiter(), GROUP, 31)
    assert moments == [0] * 15 + [60] * 15 + [120]


def test_over_all_twenty_five_leave_in_a_second() -> None:
    limiter = Limiter()
    moments = []
    for person in range(1, 61):
        moments += leave_at_once(limiter, person, 1)
    assert moments == [0] * 25 + [1] * 25 + [2] * 10


def test_a_toast_is_no_message_it_counts_nowhere_and_waits_for_none() -> None:
    limiter = Limiter()
    assert leave_at_once(limiter, None, 100) == [0] * 100
    assert not limiter.is_full(START)
    assert [leave_at_once(limiter, person, 1) for person in range(1, 26)] == [[0]] * 25
    assert limiter.is_full(START)
    assert leave_at_once(limiter, None, 1) == [0]


def test_other_limits_may_be_set() -> None:
    limiter = Limiter(private_per_second=2, private_burst=1)
    assert leave_at_once(limiter, PERSON, 3) == [0, 0.5, 1]
    with pytest.raises(ValueError, match="at least 1"):
        Limiter(group_per_minute=0)


def test_a_held_chat_waits_and_no_other() -> None:
    limiter = Limiter()
    limiter.hold(GROUP, START + seconds(30))
    assert limiter.next_moment(GROUP, START) == START + seconds(30)
    assert limiter.next_moment(OTHER_GROUP, START) == START
    assert limiter.next_moment(None, START) == START
    assert limiter.next_moment(GROUP, START + seconds(31)) == START + seconds(31)


def test_a_hold_for_all_holds_all() -> None:
    limiter = Limiter()
    limiter.hold_all(START + seconds(5))
    assert {limiter.next_moment(chat, START) for chat in (PERSON, GROUP, None)} == {START + seconds(5)}
    assert limiter.next_moment(PERSON, START + seconds(6)) == START + seconds(6)


def test_a_later_shorter_hold_does_not_let_go_early() -> None:
    limiter = Limiter()
    for wait in (30, 5):
        limiter.hold(GROUP, START + seconds(wait))
        limiter.hold_all(START + seconds(wait / 2))
    assert limiter.next_moment(GROUP, START) == START + seconds(30)
    assert limiter.next_moment(PERSON, START) == START + seconds(15)


def test_asking_counts_nothing() -> None:
    limiter = Limiter()
    for _ in range(50):
        limiter.next_moment(PERSON, START)
    assert leave_at_once(limiter, PERSON, 4) == [0, 0, 0, 1]


def test_after_a_restart_the_windows_are_as_before() -> None:
    limiter = Limiter()
    limiter.remember([(GROUP, START - seconds(n)) for n in range(15)] + [(PERSON, START)] * 3)
    assert limiter.next_moment(GROUP, START) == START + seconds(46)
    assert limiter.next_moment(PERSON, START) == START + seconds(1)
    assert limiter.next_moment(OTHER, START) == START


def test_idle_chats_are_forgotten_and_held_ones_are_not() -> None:
    limiter = Limiter()
    limiter.hold(GROUP, START + timedelta(days=2))
    for n in range(20_000):
        limiter.hold(-n - 1000, START + seconds(n + 1))
        limiter.take(n + 1, START + seconds(n))
        assert limiter.remembered_chats < 500
    assert limiter.next_moment(GROUP, START + timedelta(days=1)) == START + timedelta(days=2)


def test_a_clock_set_back_by_a_year_does_not_silence_the_bot_for_a_year() -> None:
    limiter = Limiter()
    leave_at_once(limiter, GROUP, 15, START + timedelta(days=365))
    assert limiter.next_moment(GROUP, START) == START


CHATS = st.sampled_from([PERSON, OTHER, GROUP, OTHER_GROUP, None])
# Whole numbers of microseconds, many of them at or just beside a border.
PAUSES = st.one_of(
    st.sampled_from([timedelta(0), TINY, seconds(1) - TINY, seconds(1), seconds(60) - TINY, seconds(60)]),
    st.timedeltas(min_value=timedelta(0), max_value=seconds(90)),
)
ARRIVALS = st.lists(st.tuples(CHATS, PAUSES), max_size=60)


def small() -> Limiter:
    """Limits so low that chance meets every border."""
    return Limiter(overall_per_second=4, private_per_second=1, private_burst=2, group_per_minute=3)


def within(taken: Taken, now: datetime, length: timedelta) -> int:
    return sum(1 for _, at in taken if at > now - length)


def tokens_left(taken: Taken, now: datetime) -> float:
    """A bucket of two, filled by one a second, in microseconds so that nothing is rounded."""
    tokens, last = 2_000_000, START
    for _, at in taken:
        tokens = min(2_000_000, tokens + (at - last) // TINY) - 1_000_000
        last = at
    return min(2_000_000, tokens + (now - last) // TINY) / 1_000_000


def allowed(taken: Taken, chat_id: int | None, now: datetime) -> bool:
    """The limits, read plainly: may one more call leave now?"""
    if chat_id is None:
        return True
    same = [one for one in taken if one[0] == chat_id]
    if within([one for one in taken if one[0] is not None], now, seconds(1)) >= 4:
        return False
    return within(same, now, seconds(60)) < 3 if chat_id < 0 else tokens_left(same, now) >= 1


@given(arrivals=ARRIVALS)
def test_a_call_leaves_at_the_first_moment_at_which_it_is_allowed(
    arrivals: list[tuple[int | None, timedelta]],
) -> None:
    """Never more than the limit in any window, and never a wait without need."""
    limiter, taken, now = small(), Taken(), START
    for chat_id, pause in arrivals:
        now += pause
        moment = limiter.next_moment(chat_id, now)
        assert allowed(taken, chat_id, moment)
        assert moment == now or not allowed(taken, chat_id, moment - TINY)
        limiter.take(chat_id, moment)
        taken.append((chat_id, moment))
        now = moment


@given(arrivals=ARRIVALS, wait=st.integers(min_value=1, max_value=10_000))
def test_a_held_chat_delays_no_other(arrivals: list[tuple[int | None, timedelta]], wait: int) -> None:
    free, holding, now = small(), small(), START
    holding.hold(GROUP, START + seconds(wait))
    for chat_id, pause in arrivals:
        now += pause
        if chat_id == GROUP:
            assert holding.next_moment(GROUP, now) >= START + seconds(wait)
            continue
        moment = free.next_moment(chat_id, now)
        assert holding.next_moment(chat_id, now) == moment
        free.take(chat_id, moment)
        holding.take(chat_id, moment)
        now = moment


@given(arrivals=ARRIVALS, random=st.randoms(use_true_random=False))
def test_what_is_remembered_in_any_order_is_what_was_counted(
    arrivals: list[tuple[int | None, timedelta]], random: Random
) -> None:
    limiter, taken, now = small(), Taken(), START
    for chat_id, pause in arrivals:
        now = limiter.next_moment(chat_id, now + pause)
        limiter.take(chat_id, now)
        taken.append((chat_id, now))
    shuffled = list(taken)
    random.shuffle(shuffled)
    again = small()
    again.remember(shuffled)
    chats: list[int | None] = [PERSON, OTHER, GROUP, OTHER_GROUP, None]
    assert [again.next_moment(chat, now) for chat in chats] == [limiter.next_moment(chat, now) for chat in chats]

"""The questions for updates: what each confirms, how long it rests after an error, how it begins and ends."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import pytest
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.questions import Questions


class Wire:
    """A bot whose calls end as the script says, one after the other; then they wait for ever."""

    def __init__(self, *updates, webhook=()) -> None:
        self._script, self._webhook = list(updates), list(webhook)
        self.asked: list[tuple[int, float]] = []
        self.deleted = 0
        self.waits = asyncio.Event()

    async def delete_webhook(self) -> None:
        self.deleted += 1
        if self._webhook:
            raise self._webhook.pop(0)

    async def get_updates(self, offset, **given):
        assert "message" in given["allowed_updates"]
        self.asked.append((offset, given["timeout"].total_seconds()))
        if not given["timeout"]:
            return self._last()
        if not self._script:
            self.waits.set()
            await asyncio.Event().wait()
        said = self._script.pop(0)
        if isinstance(said, Exception):
            raise said
        return [SimpleNamespace(update_id=number) for number in said]

    def _last(self):
        return []


class Silent(Wire):
    """Does not answer the last question."""

    def _last(self):
        raise NetworkError("gone")


@pytest.fixture
def rests() -> list[float]:
    return []


@pytest.fixture
def begin(rests):
    """Begins to ask, and lets it go on to the end of the script."""

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        await asyncio.sleep(0)

    async def begun(wire: Wire) -> Questions:
        questions = Questions(wire, rest)
        await questions.start()
        await wire.waits.wait()
        return questions

    return begun


async def test_each_question_confirms_what_came_before(begin):
    wire = Wire([4, 5], [], [9])
    questions = await begin(wire)
    assert questions.is_on
    await questions.stop()
    assert wire.asked == [(0, 30), (6, 30), (6, 30), (10, 30), (10, 0)]
    assert not questions.is_on


@pytest.mark.parametrize(
    ("errors", "waits"),
    [
        pytest.param([TimedOut()], [0], id="it only took too long"),
        pytest.param([NetworkError("away")] * 3, [1, 1.5, 2.25], id="with less and less haste"),
        pytest.param([Conflict("other"), BadRequest("what")], [1, 1.5], id="whatever it is"),
        pytest.param([NetworkError("away")] * 12, 30, id="half a minute at most"),
        pytest.param([ValueError("unreadable")], [1], id="a fault of ours confirms nothing"),
    ],
)
async def test_after_an_error_it_rests_and_asks_the_same_again(begin, rests, errors, waits):
    wire = Wire([4], *errors, [5])
    await (await begin(wire)).stop()
    assert [offset for offset, _ in wire.asked] == [0, *[5] * (len(errors) + 1), 6, 6]
    if isinstance(waits, list):
        assert rests == [0, *waits, 0]
    else:
        assert rests[-2] == waits


async def test_it_rests_as_long_as_telegram_says(begin, rests, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as `bot.requests` does
    await (await begin(Wire(RetryAfter(timedelta(seconds=7))))).stop()
    assert rests == [7.5]


async def test_a_revoked_token_ends_the_questions():
    wire = Wire(InvalidToken())
    questions = Questions(wire)
    await questions.start()
    await questions._asking
    assert wire.asked == [(0, 30)]


async def test_a_webhook_is_taken_away_before(begin, rests):
    wire = Wire([], webhook=[NetworkError("away"), TimedOut()])
    await (await begin(wire)).stop()
    assert wire.deleted == 3
    assert rests[:2] == [1.5, 0]


async def test_it_is_off_when_telegram_does_not_know_the_token():
    questions = Questions(Wire(webhook=[InvalidToken()]))
    with pytest.raises(TelegramError):
        await questions.start()
    assert not questions.is_on


async def test_stopped_while_it_begins_it_asks_nothing():
    wire = Wire([1], webhook=[NetworkError("away")])

    async def stopped_meanwhile(_seconds: float) -> None:
        await questions.stop()

    questions = Questions(wire, stopped_meanwhile)
    await questions.start()
    await asyncio.sleep(0)
    assert wire.asked == []


async def test_a_last_question_that_fails_hinders_no_stop(begin):
    questions = await begin(Silent([4]))
    await questions.stop()
    assert not questions.is_on

"""When refusals are meant for everybody: several chats within a second, and nobody served in between."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.floods import Floods

START = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
SERVED = None


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("heard", "everywhere"),
    [
        pytest.param([(1, 0, 30)], None, id="one chat"),
        pytest.param([(1, 0, 30), (2, 0.1, 30)], None, id="two chats: a coincidence"),
        pytest.param([(1, 0, 30), (1, 0.2, 30), (1, 0.4, 30), (1, 0.6, 30)], None, id="one chat again and again"),
        pytest.param([(1, 0, 30), (2, 0.1, 30), (3, 0.2, 30)], 30, id="three chats at once"),
        pytest.param([(1, 0, 30), (2, 0.1, 300), (3, 0.2, 31)], 30, id="the shortest rest is everybody's"),
        pytest.param([(1, 0, 30), (2, 1, 30), (3, 2.5, 30)], None, id="one after the other, over a while"),
        pytest.param([(1, 0, 30), (2, 0.4, 30), (3, 1, 30)], 30, id="just within a second"),
        pytest.param([(1, 0, 30), (2, 0.1, 30), SERVED, (3, 0.2, 30)], None, id="somebody was served meanwhile"),
        pytest.param([(1, 0, 30), SERVED, (2, 1, 30), (3, 1, 30), (4, 1, 40)], 30, id="anew after somebody was served"),
        pytest.param([(1, 90, 120), (2, 0, 30), (3, 0, 30)], None, id="the clock was set back"),
    ],
)
def test_who_is_meant(heard, everywhere):
    floods, found = Floods(), None
    for each in heard:
        if each is SERVED:
            floods.served()
        else:
            chat_id, seconds, until = each
            found = floods.refused(chat_id, at(seconds), at(until))
    assert found == (None if everywhere is None else at(everywhere))

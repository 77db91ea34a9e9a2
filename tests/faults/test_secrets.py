"""A bad morning logged at its most talkative: nobody says the token, and what says it all the same is not written."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot import logs
from bot.rehearsal.faults import FaultKind
from tests.e2e.conftest import TOKEN, kept, resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it

SECRET = TOKEN.partition(":")[2]


class Heard(logging.Handler):
    """What was said to the log before anything was taken out of it, and what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.written = io.StringIO()

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record))  # with the words of every exception


@contextmanager
def everything_logged(secrets: tuple[str, ...]) -> Iterator[Heard]:
    """The log as an operator sets it up who looks for a fault; afterwards it is as it was."""
    root, heard = logging.getLogger(), Heard()
    before, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in logs.TALKATIVE}
    root.addHandler(heard)
    logs.configure("json", logging.DEBUG, heard.written, secrets=secrets)
    try:
        yield heard
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        for name, earlier in levels.items():
            logging.getLogger(name).setLevel(earlier)


async def test_nobody_says_the_token_and_nobody_writes_it(resting_bed):  # noqa: F811
    bed = resting_bed
    with everything_logged(bed.settings.secrets) as heard:
        async with bed.started():
            bed.server.faults.add(FaultKind.RESET, method="getUpdates")
            bed.server.faults.add(FaultKind.GATEWAY, method="sendMessage")
            bed.server.faults.add(FaultKind.STATUS, method="sendMessage", status=400, description="Bad Request: new")
            assert await bed.hears("vte_focal", "/task Module 3 @vte_trainer by 2 April")
        assert [line for line in heard.said if SECRET in line] == []
        logging.getLogger("somebody.else").warning("no way to %s/bot%s/getMe", bed.server.url, TOKEN)
    assert {"polling: NetworkError", "started; 0 calls were in flight when the last run ended"} <= set(heard.said)
    assert any("unknown refusal" in line for line in heard.said), "a morning without a fault to tell of proves little"
    assert "no way to" in heard.written.getvalue()
    assert SECRET not in heard.written.getvalue()

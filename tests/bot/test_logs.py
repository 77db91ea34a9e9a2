"""Logs: whatever way a secret, a text or a name takes, it does not get out."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from sqlalchemy.exc import StatementError
from telegram.error import BadRequest, NetworkError

from bot import logs

TOKEN = "123456789:AAE-a_token_that_was_never_given_out1"
PASSWORD = 'pa"ss\\wörd'
WORD = "webhook-word"


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Logging is one for the whole process: put it back."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in logs.TALKATIVE}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, earlier in levels.items():
        logging.getLogger(name).setLevel(earlier)


@pytest.fixture(params=["json", "human"])
def stream(request: pytest.FixtureRequest) -> io.StringIO:
    """What was written, in each of the two formats."""
    out = io.StringIO()
    logs.configure(request.param, logging.DEBUG, out, secrets=[TOKEN, PASSWORD, WORD])
    return out


@pytest.fixture
def json_stream() -> io.StringIO:
    out = io.StringIO()
    logs.configure("json", logging.INFO, out)
    return out


def last(out: io.StringIO) -> dict[str, Any]:
    found = json.loads(out.getvalue().splitlines()[-1])
    assert isinstance(found, dict)
    return found


LOGGER = logging.getLogger("bot.answering")
OTHER = "987654321:BBF-another_token_nobody_told_us_of_0"


class Talkative:
    """Says a secret only when somebody turns it into text."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def __repr__(self) -> str:
        return f"Bot[{self.secret}]"


@pytest.mark.parametrize("secret", [TOKEN, OTHER, PASSWORD, WORD], ids=["token", "any token", "password", "secret"])
def test_no_message_carries_a_secret(stream: io.StringIO, secret: str) -> None:
    LOGGER.info("calling " + secret)
    LOGGER.info("calling %s", secret)
    LOGGER.info("calling %r for %s", Talkative(secret), {"url": f"https://host/bot{secret}/getMe"})
    assert stream.getvalue().count(logs.HIDDEN) == 4
    assert secret not in stream.getvalue()
    assert json.dumps(secret)[1:-1] not in stream.getvalue()


def test_a_token_written_for_an_address_is_hidden_too(stream: io.StringIO) -> None:
    LOGGER.info("GET /bot%s/getMe", OTHER.replace(":", "%3A"))
    assert "BBF" not in stream.getvalue()


def test_the_half_behind_the_colon_is_hidden_too(stream: io.StringIO) -> None:
    LOGGER.info("the rest is %s", TOKEN.partition(":")[2])
    assert "never_given_out" not in stream.getvalue()


def fail_with(error: Exception, cause: Exception | None = None) -> None:
    try:
        raise error from cause
    except type(error):
        LOGGER.exception("failed")


def test_no_exception_carries_a_token(stream: io.StringIO) -> None:
    fail_with(NetworkError(f"cannot reach /bot{TOKEN}/sendMessage"), OSError(f"no way to {OTHER}"))
    assert "sendMessage" in stream.getvalue()
    assert TOKEN not in stream.getvalue()
    assert OTHER not in stream.getvalue()


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(ValueError("Noy is late"), id="an error of ours"),
        pytest.param(KeyError("Noy is late"), id="a missing key"),
        pytest.param(StatementError("x", "INSERT", {"text": "Noy is late"}, ValueError("Noy is late")), id="database"),
        pytest.param(BadRequest('Can\'t parse entities: unsupported start tag "Noy is late"'), id="Telegram quotes"),
        pytest.param(ExceptionGroup("Noy is late", [ValueError("Noy is late")]), id="a group of errors"),
    ],
)
def test_an_exception_keeps_what_people_wrote_to_itself(stream: io.StringIO, error: Exception) -> None:
    fail_with(error, ValueError("Noy is late"))
    assert type(error).__name__ in stream.getvalue()
    assert "in fail_with" in stream.getvalue()
    assert "Noy" not in stream.getvalue()


def test_an_exception_tells_its_causes_first(stream: io.StringIO) -> None:
    fail_with(RuntimeError("x"), KeyError("y"))
    text = stream.getvalue()
    assert 0 < text.index("builtins.KeyError") < text.index("builtins.RuntimeError")


def test_exceptions_that_name_each_other_come_to_an_end(stream: io.StringIO) -> None:
    one, two = ValueError("x"), KeyError("y")
    one.__context__, two.__context__ = two, one
    logs.event(LOGGER, "failed", error=one)
    assert stream.getvalue().count("builtins.KeyError") == 1


def test_a_stack_carries_no_token(stream: io.StringIO) -> None:
    LOGGER.warning("here", stack_info=True)
    assert "test_a_stack_carries_no_token" in stream.getvalue()
    assert TOKEN not in stream.getvalue()


def test_a_record_that_cannot_be_laid_out_is_named_by_its_place(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    root.handlers[:] = [each for each in root.handlers if getattr(each, "stream", None) is stream]  # not pytest's
    LOGGER.info("%s and %s", TOKEN)
    assert stream.getvalue().startswith("a log record of test_logs:")
    assert TOKEN not in stream.getvalue() + "".join(capsys.readouterr())


def test_a_foreign_library_says_one_line(stream: io.StringIO) -> None:
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: <Task text='Noy is late'>")
    assert "Task exception was never retrieved" in stream.getvalue()
    assert "Noy" not in stream.getvalue()


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore.http11", "telegram.Bot", "aiohttp.access", "apscheduler.scheduler"]
)
def test_talkative_libraries_speak_from_warnings_on(stream: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("x")
    assert stream.getvalue() == ""
    logging.getLogger(name).warning("x")
    assert stream.getvalue() != ""


def test_talkative_libraries_are_no_louder_than_the_program() -> None:
    out = io.StringIO()
    logs.configure("json", logging.ERROR, out)
    logging.getLogger("telegram.Bot").warning("x")
    assert out.getvalue() == ""


def test_an_event_is_one_object_a_line(json_stream: io.StringIO) -> None:
    logs.event(LOGGER, "answered", update=5, chat=-1001234567890, code="E-7F3A", late=False, task=None)
    told = last(json_stream)
    assert told.pop("at").endswith("+00:00")
    assert told == {
        "level": "INFO",
        "logger": "bot.answering",
        "event": "answered",
        "update": 5,
        "chat": -1001234567890,
        "code": "E-7F3A",
        "late": False,
    }


@pytest.mark.parametrize("text", ["Noy is late", "ນ້ອຍ", "x" * 65, "a\nb"], ids=["words", "Lao", "long", "lines"])
def test_an_event_withholds_what_is_no_code(json_stream: io.StringIO, text: str) -> None:
    logs.event(LOGGER, "answered", what=text)
    assert last(json_stream)["what"] == "[withheld]"


def test_an_event_may_carry_its_error(json_stream: io.StringIO) -> None:
    logs.event(LOGGER, "not sent", level=logging.ERROR, error=NetworkError("timed out"), outbox=7)
    told = last(json_stream)
    assert (told["level"], told["outbox"]) == ("ERROR", 7)
    assert told["error"].endswith("telegram.error.NetworkError: timed out")


def test_a_fact_cannot_pose_as_the_event(json_stream: io.StringIO) -> None:
    logs.event(LOGGER, "answered", event="other")
    assert last(json_stream)["event"] == "answered"


def test_people_read_a_line(json_stream: io.StringIO) -> None:
    out = io.StringIO()
    logs.configure("human", logging.INFO, out)
    logs.event(LOGGER, "answered", update=5)
    assert out.getvalue().endswith(" INFO    bot.answering: answered update=5\n")
    assert json_stream.getvalue() == ""  # configured again: each line goes to one place


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("out", "kind"), [(Terminal(), "human"), (io.StringIO(), "json")], ids=["a terminal", "a pipe"]
)
def test_auto_looks_whether_somebody_is_reading(out: io.StringIO, kind: Literal["human", "json"]) -> None:
    logs.configure("auto", logging.INFO, out)
    LOGGER.info("started")
    assert out.getvalue().startswith("{") is (kind == "json")

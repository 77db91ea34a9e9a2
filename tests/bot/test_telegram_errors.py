"""Every text that Telegram refuses with, raised by python-telegram-bot itself from the raw answer."""

import json
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    EndPointNotFound,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest

from bot.requests import NotSent, ServerFault, Unsendable
from bot.telegram_errors import TEXTS, Fate, Outcome, backoff, classify


class Refusing(BaseRequest):
    """A wire on which every call gets the same answer."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        self._status = status
        body = {"ok": False, "error_code": status, "description": description}
        self._body = json.dumps(body | ({"parameters": parameters} if parameters else {})).encode()

    @property
    def read_timeout(self) -> float | None:
        return 1

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        return self._status, self._body


async def refused(status: int, description: str, **parameters: int) -> TelegramError:
    """The error that python-telegram-bot makes of Telegram's answer."""
    with pytest.raises(TelegramError) as caught:
        await Refusing(status, description, **parameters).post("https://api.invalid/bot1:x/sendMessage")
    return caught.value


@pytest.fixture(params=["as seconds", "as a timedelta"])
def kind_of_wait(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways in which python-telegram-bot 22 can be told to give a wait."""
    kind = str(request.param)
    monkeypatch.setenv("PTB_TIMEDELTA", str(kind == "as a timedelta"))
    return kind


ANSWERS = [
    (400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
     "same as a current content and reply markup of the message", "editMessageText", Fate.SENT),
    (400, "Bad Request: MESSAGE_NOT_MODIFIED", "editMessageText", Fate.SENT),
    (400, "Bad Request: message to edit not found", "editMessageText", Fate.GONE),
    (400, "Bad Request: message can't be edited", "editMessageText", Fate.GONE),
    (400, "Bad Request: there is no text in the message to edit", "editMessageText", Fate.GONE),
    (400, "Bad Request: message to delete not found", "deleteMessage", Fate.GONE),
    (400, "Bad Request: message can't be deleted for everyone", "deleteMessage", Fate.GONE),
    (400, "Bad Request: message to react not found", "setMessageReaction", Fate.GONE),
    (400, "Bad Request: message to pin not found", "pinChatMessage", Fate.GONE),
    (400, "Bad Request: message to unpin not found", "unpinChatMessage", Fate.GONE),
    (400, "Bad Request: MESSAGE_ID_INVALID", "editMessageReplyMarkup", Fate.GONE),
    (400, "Bad Request: query is too old and response timeout expired or query ID is invalid",
     "answerCallbackQuery", Fate.TOO_LATE),
    (400, "Bad Request: query ID is invalid", "answerCallbackQuery", Fate.TOO_LATE),
    (400, "Bad Request: QUERY_ID_INVALID", "answerCallbackQuery", Fate.TOO_LATE),
    (400, "Bad Request: message thread not found", "sendMessage", Fate.NO_THREAD),
    (400, "Bad Request: TOPIC_CLOSED", "sendMessage", Fate.NO_THREAD),
    (400, "Bad Request: TOPIC_DELETED", "sendMessage", Fate.NO_THREAD),
    (400, "Bad Request: TOPIC_ID_INVALID", "sendMessage", Fate.NO_THREAD),
    (400, "Bad Request: message to be replied not found", "sendMessage", Fate.NO_REPLY),
    (400, "Bad Request: message to reply not found", "sendMessage", Fate.NO_REPLY),
    (400, "Bad Request: replied message not found", "sendMessage", Fate.NO_REPLY),
    (400, "Bad Request: QUOTE_TEXT_INVALID", "sendMessage", Fate.NO_REPLY),
    (400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 3", "sendMessage",
     Fate.BAD_MARKUP),
    (400, "Bad Request: ENTITY_BOUNDS_INVALID", "sendMessage", Fate.BAD_MARKUP),
    (400, "Bad Request: message is too long", "sendMessage", Fate.TOO_LONG),
    (400, "Bad Request: MESSAGE_TOO_LONG", "editMessageText", Fate.TOO_LONG),
    (400, "Bad Request: message caption is too long", "sendDocument", Fate.TOO_LONG),
    (400, "Bad Request: MEDIA_CAPTION_TOO_LONG", "sendDocument", Fate.TOO_LONG),
    (400, "Bad Request: file is too big", "getFile", Fate.TOO_LONG),
    (413, "Request Entity Too Large", "sendDocument", Fate.TOO_LONG),
    (400, "Bad Request: wrong file identifier/HTTP URL specified", "sendDocument", Fate.NO_FILE),
    (400, "Bad Request: wrong remote file identifier specified: Wrong padding", "sendPhoto", Fate.NO_FILE),
    (400, "Bad Request: invalid file_id", "sendDocument", Fate.NO_FILE),
    (400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", "sendVoice", Fate.NO_RIGHTS),
    (400, "Bad Request: not enough rights to send text messages to the chat", "sendMessage", Fate.NO_RIGHTS),
    (400, "Bad Request: have no rights to send a message", "sendMessage", Fate.NO_RIGHTS),
    (400, "Bad Request: need administrator rights in the channel chat", "sendMessage", Fate.NO_RIGHTS),
    (400, "Bad Request: bot needs administrator rights in the chat", "pinChatMessage", Fate.NO_RIGHTS),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED", "pinChatMessage", Fate.NO_RIGHTS),
    (403, "Forbidden: CHAT_WRITE_FORBIDDEN", "sendMessage", Fate.NO_RIGHTS),
    (400, "Bad Request: CHAT_RESTRICTED", "sendMessage", Fate.NO_RIGHTS),
    (400, "Bad Request: REACTION_INVALID", "setMessageReaction", Fate.NO_RIGHTS),
    (400, "Bad Request: REACTIONS_TOO_MANY", "setMessageReaction", Fate.NO_RIGHTS),
    (403, "Forbidden: bot was blocked by the user", "sendMessage", Fate.CLOSED),
    (400, "Bad Request: USER_IS_BLOCKED", "sendMessage", Fate.CLOSED),
    (403, "Forbidden: user is deactivated", "sendMessage", Fate.CLOSED),
    (403, "Forbidden: bot can't initiate conversation with a user", "sendMessage", Fate.CLOSED),
    (403, "Forbidden: bot can't send messages to bots", "sendMessage", Fate.CLOSED),
    (403, "Forbidden: bot was kicked from the supergroup chat", "sendMessage", Fate.CLOSED),
    (403, "Forbidden: bot is not a member of the supergroup chat", "sendMessage", Fate.CLOSED),
    (403, "Forbidden: the group chat was deleted", "sendMessage", Fate.CLOSED),
    (403, "Forbidden: something new", "sendMessage", Fate.CLOSED),
    (400, "Bad Request: chat not found", "sendMessage", Fate.CLOSED),
    (400, "Bad Request: user not found", "getChatMember", Fate.CLOSED),
    (400, "Bad Request: PEER_ID_INVALID", "sendMessage", Fate.CLOSED),
    (400, "Bad Request: group chat was deactivated", "sendMessage", Fate.CLOSED),
    (429, "Too Many Requests", "sendMessage", Fate.RETRY_AT),
    (500, "Internal Server Error: restart", "sendMessage", Fate.RETRY_AT),
    (502, "Bad Gateway", "sendMessage", Fate.RETRY_AT),
    (503, "Service Unavailable", "sendMessage", Fate.RETRY_AT),
    (504, "Gateway Timeout", "sendMessage", Fate.RETRY_AT),
    (401, "Unauthorized", "sendMessage", Fate.REVOKED),
    (404, "Not Found", "sendMessage", Fate.REVOKED),
    (409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
     "getUpdates", Fate.CONFLICT),
    (400, "Bad Request: BUTTON_DATA_INVALID", "sendMessage", Fate.UNKNOWN),
    (400, "Bad Request: something new", "editMessageText", Fate.UNKNOWN),
    (418, "I'm a teapot", "sendMessage", Fate.AMBIGUOUS),
]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "text", "method", "fate"),
    [pytest.param(*answer, id=f"{answer[0]} {answer[1][:50]}") for answer in ANSWERS],
)
async def test_every_answer_has_its_fate(status: int, text: str, method: str, fate: Fate) -> None:
    assert classify(await refused(status, text), method) == Outcome(fate)
    assert classify(await refused(status, text.upper()), method) == Outcome(fate)


def test_every_text_of_the_table_has_a_case_above() -> None:
    said = [text.lower() for _, text, _, _ in ANSWERS]
    ours = {"request was *not* sent", "invalid server response"}
    assert [text for text, _ in TEXTS if text not in ours and not any(text in one for one in said)] == []


@pytest.mark.usefixtures("kind_of_wait")
@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
async def test_a_429_names_its_wait() -> None:
    error = await refused(429, "Too Many Requests: retry after 35", retry_after=35)
    assert isinstance(error, RetryAfter)
    assert classify(error, "sendMessage") == Outcome(Fate.RETRY_AT, wait=timedelta(seconds=35))


async def test_a_migrated_group_names_its_new_id() -> None:
    error = await refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100123)
    assert classify(error, "sendMessage") == Outcome(Fate.MIGRATED, new_chat_id=-100123)


@pytest.mark.parametrize(
    ("error", "method", "fate"),
    [
        pytest.param(NotSent("x"), "sendMessage", Fate.NOT_SENT, id="no connection: a send never left"),
        pytest.param(NotSent("x"), "editMessageText", Fate.NOT_SENT, id="no connection: an edit never left"),
        pytest.param(
            TimedOut("Pool timeout. Request was *not* sent to Telegram."),
            "sendMessage",
            Fate.NOT_SENT,
            id="pool full",
        ),
        pytest.param(ServerFault("chat not found"), "sendMessage", Fate.RETRY_AT, id="a 5xx, whatever it says"),
        pytest.param(TimedOut(), "sendMessage", Fate.AMBIGUOUS, id="a send without answer"),
        pytest.param(TimedOut(), "sendDocument", Fate.AMBIGUOUS, id="an upload without answer"),
        pytest.param(TimedOut(), "copyMessage", Fate.AMBIGUOUS, id="a copy without answer"),
        pytest.param(TimedOut(), "createForumTopic", Fate.AMBIGUOUS, id="a topic without answer"),
        pytest.param(TimedOut(), "editMessageText", Fate.RETRY_AT, id="an edit without answer"),
        pytest.param(TimedOut(), "deleteMessage", Fate.RETRY_AT, id="a deletion without answer"),
        pytest.param(TimedOut(), "answerCallbackQuery", Fate.RETRY_AT, id="a toast without answer"),
        pytest.param(TimedOut(), "setMessageReaction", Fate.RETRY_AT, id="a reaction without answer"),
        pytest.param(TimedOut(), "pinChatMessage", Fate.RETRY_AT, id="a pin without answer"),
        pytest.param(TimedOut(), "sendChatAction", Fate.RETRY_AT, id="typing without answer"),
        pytest.param(NetworkError("ServerDisconnectedError"), "sendMessage", Fate.AMBIGUOUS, id="cut off"),
        pytest.param(NetworkError("ServerDisconnectedError"), "getMe", Fate.RETRY_AT, id="a question cut off"),
        pytest.param(TelegramError("Invalid server response"), "sendMessage", Fate.AMBIGUOUS, id="no JSON"),
        pytest.param(ConnectionResetError(), "sendMessage", Fate.AMBIGUOUS, id="a bare reset"),
        pytest.param(TimeoutError(), "sendMessage", Fate.AMBIGUOUS, id="a bare timeout"),
        pytest.param(Unsendable("x"), "sendMessage", Fate.UNKNOWN, id="a surrogate in the text"),
        pytest.param(EndPointNotFound("Not Found"), "sendRichMessage", Fate.UNKNOWN, id="no such method"),
        pytest.param(KeyError("result"), "sendMessage", Fate.UNKNOWN, id="our own fault"),
        pytest.param(ValueError("chat not found"), "sendMessage", Fate.UNKNOWN, id="no word of Telegram"),
        pytest.param(BadRequest("Message can’t be edited"), "editMessageText", Fate.GONE, id="a curly quote"),
        pytest.param(Forbidden(""), "sendMessage", Fate.CLOSED, id="forbidden without a word"),
    ],
)
def test_faults_on_the_way_have_their_fate(error: Exception, method: str, fate: Fate) -> None:
    assert classify(error, method) == Outcome(fate)


@given(tries=st.integers(min_value=0, max_value=10**6), seed=st.integers())
def test_backoff_grows_to_a_minute_and_never_beyond(tries: int, seed: int) -> None:
    longest = min(60, 2 ** (min(max(tries, 1), 10) - 1))
    wait = backoff(tries, Random(seed))
    assert timedelta(seconds=longest / 2) <= wait <= timedelta(seconds=longest)


def test_backoff_spreads_those_who_failed_together() -> None:
    rng = Random(1)
    assert len({backoff(5, rng) for _ in range(20)}) == 20

"""Calls that the documentation does not describe are refused, whatever way they come in."""

import json
from typing import Any

import aiohttp
import pytest

from bot.rehearsal.methods.table import TABLE
from bot.rehearsal.server import BotApiServer
from bot.rehearsal.spec import METHODS

WAITING = {"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo"}


def test_every_documented_method_is_done_by_somebody() -> None:
    assert set(METHODS) == set(TABLE) | WAITING


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        pytest.param({"text": "x"}, "parameter chat_id is required", id="no chat"),
        pytest.param({"chat_id": 1, "colour": "red", "text": "x"}, "unknown parameter colour", id="unknown parameter"),
        pytest.param(
            {"chat_id": 1, "reply_to_message_id": 3, "text": "x"}, "unknown parameter reply_to_message_id", id="retired"
        ),
        pytest.param(
            {"chat_id": 1.5, "text": "x"}, "wrong type of the parameter chat_id: expected chat", id="half a chat"
        ),
        pytest.param(
            {"chat_id": True, "text": "x"}, "wrong type of the parameter chat_id: expected chat", id="a true chat"
        ),
        pytest.param(
            {"chat_id": 1, "text": 5}, "wrong type of the parameter text: expected string", id="a number as text"
        ),
        pytest.param(
            {"chat_id": 1, "text": "x", "disable_notification": "maybe"},
            "wrong type of the parameter disable_notification: expected boolean",
            id="neither true nor false",
        ),
        pytest.param(
            {"chat_id": 1, "text": "x", "entities": {}},
            "wrong type of the parameter entities: expected array",
            id="no list",
        ),
        pytest.param(
            {"chat_id": 1, "text": "x", "entities": "["}, "can't parse entities: expected array", id="broken JSON"
        ),
        pytest.param({"chat_id": 1, "text": "\ud800"}, "strings must be encoded in UTF-8", id="half a letter"),
        pytest.param(
            {"chat_id": 1, "text": "x", "parse_mode": "MarkdownV2"},
            "unsupported parse_mode: this server reads HTML alone",
            id="markdown",
        ),
        pytest.param(
            {"chat_id": 1, "text": "x", "parse_mode": "HTML", "entities": [{"type": "bold", "offset": 0, "length": 1}]},
            "parse_mode and entities must not be given together",
            id="formatted twice",
        ),
        pytest.param(
            {"chat_id": 1, "text": "x", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
            "can't parse entities: unsupported entity type 'loud'",
            id="unknown entity",
        ),
        pytest.param(
            {"chat_id": 1, "text": "x", "reply_parameters": {"id": 1}},
            "unknown field id in reply_parameters",
            id="unknown field of a reply",
        ),
        pytest.param(
            {"chat_id": 1, "text": "x", "link_preview_options": {"is_disabled": 1}},
            "wrong type of the field is_disabled in link_preview_options",
            id="mistyped field",
        ),
    ],
)
async def test_parameters_that_are_not_taken(
    server: BotApiServer, wire: Any, parameters: dict[str, Any], words: str
) -> None:
    ana = server.world.user("Ana", started=True)
    if parameters.get("chat_id") == 1 and parameters["chat_id"] is not True:
        parameters = parameters | {"chat_id": ana.id}
    assert await wire.refused("sendMessage", **parameters) == f"Bad Request: {words}"
    assert server.world.messages(ana) == []


def _inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


_URL = "inline keyboard button URL 'file:///x' is invalid: Wrong HTTP URL"
_NO_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
_TWO_ACTIONS = "can't parse inline keyboard button: exactly one optional field must be used"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        pytest.param(_inline(text="A", callback_data="ຂ" * 22), "BUTTON_DATA_INVALID", id="66 bytes in 22 letters"),
        pytest.param(_inline(text="A", callback_data=""), "BUTTON_DATA_INVALID", id="empty data"),
        pytest.param(_inline(text="A"), _NO_ACTION, id="a button that does nothing"),
        pytest.param(_inline(text="A", url="https://x.org", callback_data="a"), _TWO_ACTIONS, id="does two things"),
        pytest.param(
            _inline(text=" ", callback_data="a"), "inline keyboard button text must be non-empty", id="no words"
        ),
        pytest.param(_inline(text="A", url="file:///x"), _URL, id="a link to a file"),
        pytest.param(_inline(text="A", copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID", id="nothing to copy"),
        pytest.param(_inline(text="A", data="a"), "unknown field data in inline keyboard button", id="unknown field"),
        pytest.param(_inline(text="A", callback_data="a", style="pink"), "BUTTON_STYLE_INVALID", id="unknown colour"),
        pytest.param(
            {"inline_keyboard": [{"text": "A"}]},
            "field of type inline keyboard must be an array of arrays",
            id="no rows",
        ),
        pytest.param(
            {"inline_keyboard": [[{"text": "A", "callback_data": "a"}] * 9]},
            "inline keyboard has more than 8 buttons in a row",
            id="too wide",
        ),
        pytest.param(
            {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]] * 101},
            "reply markup is too long",
            id="too many",
        ),
        pytest.param({"buttons": []}, "object expected as reply markup", id="unknown markup"),
        pytest.param({"force_reply": True, "loud": True}, "unknown field loud in reply_markup", id="unknown option"),
        pytest.param(
            {"force_reply": True, "input_field_placeholder": "x" * 65},
            "input field placeholder must be 1-64 characters long",
            id="long hint",
        ),
    ],
)
async def test_buttons_that_are_not_taken(server: BotApiServer, wire: Any, markup: dict[str, Any], words: str) -> None:
    ana = server.world.user("Ana", started=True)
    refusal = await wire.refused("sendMessage", chat_id=ana.id, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {words}"


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(_inline(text="A", callback_data="x" * 64), id="64 bytes of data"),
        pytest.param(_inline(text="A", url="tg://resolve?domain=x"), id="a link into the app"),
        pytest.param(_inline(text="A", url="https://t.me/focalpoint_bot?start=x"), id="a deep link"),
        pytest.param(_inline(text="A", copy_text={"text": "CODE"}, style="danger"), id="something to copy, in red"),
        pytest.param({"force_reply": True, "selective": True, "input_field_placeholder": "Why?"}, id="a question"),
        pytest.param({"remove_keyboard": True}, id="no keyboard any more"),
        pytest.param({"keyboard": [["Yes", {"text": "No"}]], "resize_keyboard": True}, id="a keyboard"),
    ],
)
async def test_buttons_that_are_taken(server: BotApiServer, wire: Any, markup: dict[str, Any]) -> None:
    ana = server.world.user("Ana", started=True)
    result = await wire.done("sendMessage", chat_id=ana.id, text="x", reply_markup=markup)
    assert result.get("reply_markup") == (markup if "inline_keyboard" in markup else None)


async def test_a_method_nobody_knows(wire: Any) -> None:
    body = await wire.call("sendPigeon")
    assert body == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}


async def test_a_wrong_token(wire: Any) -> None:
    body = await wire.call("getMe", token="1:wrong")
    assert body == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_other_places_are_not_found(server: BotApiServer, wire: Any) -> None:
    async with wire.session.get(f"{server.url}/") as answer:
        assert answer.status == 404
    async with wire.session.get(f"{server.base_file_url}{server.token}/documents/none") as answer:
        assert answer.status == 404
    async with wire.session.get(f"{server.base_file_url}1:wrong/documents/none") as answer:
        assert answer.status == 401


@pytest.mark.parametrize("way", ["query", "form", "multipart", "json"])
async def test_every_way_of_asking_is_understood(server: BotApiServer, wire: Any, way: str) -> None:
    ana = server.world.user("Ana", started=True)
    flat = {"chat_id": str(ana.id), "text": "Zoë", "disable_notification": "True"}
    flat["reply_markup"] = json.dumps(_inline(text="A", callback_data="a"))
    ways: dict[str, dict[str, Any]] = {
        "query": {"params": flat},
        "form": {"data": flat},
        "multipart": {"data": aiohttp.FormData(flat, default_to_multipart=True)},
        "json": {"json": flat},
    }
    async with wire.session.post(f"{server.base_url}{server.token}/SENDMESSAGE", **ways[way]) as answer:
        body = await answer.json()
    (message,) = server.world.messages(ana)
    assert (message.text, message.buttons, message.silent, body["ok"]) == ("Zoë", ["A"], True, True)


async def test_a_broken_body_is_refused(server: BotApiServer, wire: Any) -> None:
    headers = {"Content-Type": "application/json"}
    url = f"{server.base_url}{server.token}/getMe"
    for body, words in (("{", "can't parse request body as JSON object"), ("[]", "expected an Object")):
        async with wire.session.post(url, data=body, headers=headers) as answer:
            assert (await answer.json())["description"] == f"Bad Request: {words}"


async def test_refusals_are_in_the_log_too(server: BotApiServer, wire: Any) -> None:
    await wire.refused("sendMessage", chat_id=5, text="x")
    (call,) = server.log
    assert (call.ok, call.status, call.description, call.chat_id) == (False, 400, "Bad Request: chat not found", 5)

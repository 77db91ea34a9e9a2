"""A Bot API server that does as little as possible, so that it is never what is measured.

It gives out updates that were made beforehand, a few first so that everything is loaded and known that a bot loads and
learns by the way, then the rest; it counts the answers in groups, and says how long the rest took. A line of
JSON comes out when it listens ({"port": …}), when it is asked for the first time ({"asked_at": …}, of the monotonic
clock), when it begins to give out updates ({"giving": …}), and when everything was answered ({"seconds": …}).
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

BOT_ID = 700001
BATCH = 100
PEOPLE = 6
HELD, A_MOMENT = 5.0, 0.02
"""Seconds for which a question is held: where nothing is left, and where more comes once the first are answered."""
LOADED = 5.0
"""Seconds for which the first question is held: a bot may ask before all of it is loaded, which is no answering."""
Update = dict[str, Any]


class Telegram:
    """Serves the first `warm` of `updates`, once those are answered the rest, then nothing, and ends."""

    def __init__(self, updates: list[Update], warm: int) -> None:
        self._updates = updates
        self._warm = warm
        self._given = warm
        self._missing = len(updates)
        self._began = 0.0
        self._message_id = 1_000_000
        self.done = asyncio.Event()
        self.seconds = 0.0
        self.asked_at = 0.0

    def answer(self, method: str, body: bytes) -> tuple[Any, float]:
        """The result of one method, and how many seconds to hold it back."""
        match method:
            case "getUpdates":
                return self._give(body)
            case "getMe":
                return {"id": BOT_ID, "is_bot": True, "first_name": "Focalpoint", "username": "focalpoint_bot"}, 0
            case "sendMessage":
                return self._count(body), 0
            case "answerCallbackQuery":
                self._answered()
                return True, 0
            case "getMyCommands":
                return [], 0
            case "getMyDescription":
                return {"description": ""}, 0
            case "getMyShortDescription":
                return {"short_description": ""}, 0
            case _:
                return True, 0

    def _give(self, body: bytes) -> tuple[list[Update], float]:
        offset = _offset(body)
        if not self.asked_at:
            self.asked_at = time.monotonic()
            tell({"asked_at": self.asked_at})
            return [], LOADED
        if self._updates and not self._given:
            self._begin()
        first = self._updates[0]["update_id"] if self._updates else 0
        found = self._updates[: self._given][max(offset - first, 0) :][:BATCH]
        if found:
            return found, 0
        return [], HELD if self._given == len(self._updates) else A_MOMENT

    def _count(self, body: bytes) -> dict[str, Any]:
        """One answer in a group; a private note to somebody else is no answer."""
        self._message_id += 1
        if b"chat_id=-" in body or b'"chat_id":-' in body:
            self._answered()
        chat = {"id": -1001, "type": "supergroup", "title": "Room"}
        return {"message_id": self._message_id, "date": 1_775_000_000, "chat": chat, "text": "x"}

    def _begin(self) -> None:
        """What was asked first is answered: from here on it is measured."""
        self._given = len(self._updates)
        self._began = time.perf_counter()
        tell({"giving": self._began})

    def _answered(self) -> None:
        self._missing -= 1
        if self._missing == len(self._updates) - self._warm:
            self._begin()
        if self._missing == 0 and not self.done.is_set():
            self.seconds = time.perf_counter() - self._began
            self.done.set()


def tell(fact: dict[str, float]) -> None:
    """One line for whoever started the server."""
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


def _offset(body: bytes) -> int:
    """The offset of getUpdates, in whatever form it was sent."""
    for sign in (b'"offset": ', b'"offset":', b"offset="):
        if sign in body:
            rest = body.split(sign, 1)[1].lstrip(b'"')
            digits = rest[: next((i for i, c in enumerate(rest) if not 48 <= c <= 57), len(rest))]
            return int(digits or 0)
    return 0


async def _serve(telegram: Telegram, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            path, length = _read_head(head)
            body = await reader.readexactly(length) if length else b""
            result, rest = telegram.answer(path.rsplit("/", 1)[-1], body)
            if rest:
                await asyncio.sleep(rest)
            content = json.dumps({"ok": True, "result": result}).encode()
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(content)
                + content
            )
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _read_head(head: bytes) -> tuple[str, int]:
    lines = head.split(b"\r\n")
    lengths = [int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length")]
    return lines[0].split()[1].decode(), lengths[0] if lengths else 0


def sender(number: int, chats: int) -> dict[str, Any]:
    """Who writes the update of that number: chats take turns, and so do the six people of each."""
    place = number // chats % PEOPLE
    return {
        "id": telegram_id(number % chats, place),
        "is_bot": False,
        "first_name": f"Trainer {place}",
        "username": username(number % chats, place),
        "language_code": "en",
    }


def telegram_id(chat: int, place: int) -> int:
    """Of the person at that place in the group of that number."""
    return 5000 + chat * PEOPLE + place


def username(chat: int, place: int) -> str:
    """Of the same person."""
    return f"trainer{chat}_{place}"


def commands(count: int, chats: int) -> Iterator[Update]:
    """Commands in groups."""
    for number in range(count):
        text = task(number, chats)
        command, _, _ = text.partition(" ")
        yield {
            "update_id": 1000 + number,
            "message": {
                "message_id": 10 + number,
                "date": 1_775_000_000,
                "from": sender(number, chats),
                "chat": _chat(number, chats),
                "text": text,
                "entities": [{"type": "bot_command", "offset": 0, "length": len(command)}],
            },
        }


def presses(count: int, chats: int) -> Iterator[Update]:
    """Presses on the button of one card after the other, by the person whose task it shows."""
    bot = {"id": BOT_ID, "is_bot": True, "first_name": "Focalpoint", "username": "focalpoint_bot"}
    for number in range(count):
        shown = {"message_id": 10 + number, "date": 1_775_000_000, "from": bot, "text": "T1"}
        yield {
            "update_id": 1_000_000 + number,
            "callback_query": {
                "id": str(number),
                "from": sender(number, chats),
                "message": shown | {"chat": _chat(number, chats)},
                "chat_instance": "1",
                "data": token(number),
            },
        }


def _chat(number: int, chats: int) -> dict[str, Any]:
    return {"id": -1001 - number % chats, "type": "supergroup", "title": f"Room {number % chats}"}


def token(number: int) -> str:
    """What stands behind the button of a card."""
    return f"card{number:012}"


def task(number: int, chats: int) -> str:
    """A real command: a text, an assignee by name, a date and an area."""
    taker = username(number % chats, (number // chats + 1) % PEOPLE)
    return f"/task Send the list of participants number {number} @{taker} by 30 April #curriculum"


async def main(arguments: argparse.Namespace) -> None:
    """Serve until everything is answered."""
    made = presses if arguments.presses else commands
    telegram = Telegram(list(made(arguments.count, arguments.chats)), arguments.warm)
    server = await asyncio.start_server(lambda r, w: _serve(telegram, r, w), "127.0.0.1", 0)
    tell({"port": server.sockets[0].getsockname()[1]})
    await telegram.done.wait()
    tell({"seconds": telegram.seconds})


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--chats", type=int, default=50)
    parser.add_argument("--warm", type=int, default=0, help="updates that are answered before anything is measured")
    parser.add_argument("--presses", action="store_true", help="presses on buttons instead of commands")
    asyncio.run(main(parser.parse_args(sys.argv[1:])))

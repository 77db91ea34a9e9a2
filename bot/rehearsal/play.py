"""Playing people over HTTP, so that somebody with curl can take part. Every call is a POST with a JSON body.

    /play/world       {}                                              people and groups, with their ids
    /play/person      {"first_name": "Noy", "username": "noy"}        somebody new
    /play/group       {"title": "Our group", "members": ["Noy"]}      a group with the bot in it
    /play/write       {"user": "Noy", "chat": "Our group", "text": "/help", "reply_to": 12}
    /play/press       {"user": "Noy", "chat": "Our group", "message_id": 13, "button": "Agree"}
    /play/open        {"user": "Noy", "url": "https://t.me/focalpoint_bot?start=abc"}
    /play/transcript  {"chat": "Our group"}                           what stands in a chat, or in all of them

`user` and `chat` take an id, a name or a title; without a chat the person's private chat with the bot is meant.
A press waits up to five seconds for the toast. For example:

    curl -s http://127.0.0.1:8081/play/write -d '{"user": "Noy", "chat": "Our group", "text": "/help"}'
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.rehearsal.messages import Message, NoSuchButton
from bot.rehearsal.people import NotPossible, Person
from bot.rehearsal.records import Chat, Json
from bot.rehearsal.world import World

_TOAST_SECONDS = 5

_Play = Callable[[World, Json], Awaitable[Any]]


class NotInThePlay(LookupError):
    """A play call named somebody or something that is not there; the words say what."""


def add_routes(app: web.Application, world: World) -> None:
    """Put the calls of this module under /play/."""
    for name, play in _PLAYS.items():
        app.router.add_post(f"/play/{name}", _handler(world, play))


def _handler(world: World, play: _Play) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            body = json.loads(await request.text() or "{}")
            result = await play(world, body)
        except KeyError as error:
            return _answer({"error": f"missing: {error.args[0]}"}, 400)
        except (NotPossible, NotInThePlay, NoSuchButton, ValueError, AttributeError) as error:
            return _answer({"error": str(error)}, 400)
        return _answer(result, 200)

    return handle


def _answer(body: Any, status: int) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    return web.Response(text=text, status=status, content_type="application/json")


async def _world(world: World, _: Json) -> Json:
    people = [person.json() | {"started": person.started} for person in world.people]
    groups = [
        {"id": group.id, "title": group.title, "members": [user.full_name for user in group.people()]}
        for group in world.groups
        if not group.migrated_to
    ]
    return {"bot": world.bot.json(), "people": people, "groups": groups}


async def _person(world: World, body: Json) -> Json:
    keys = ("last_name", "username", "language_code")
    return world.user(body["first_name"], **{key: body[key] for key in keys if key in body}).json()


async def _group(world: World, body: Json) -> Json:
    members = [_find_person(world, name) for name in body["members"]]
    return world.group(body["title"], members).json()


async def _write(world: World, body: Json) -> Json:
    person = _find_person(world, body["user"])
    chat = _find_chat(world, person, body.get("chat"))
    reply_to = _find_message(world, chat, body["reply_to"]) if body.get("reply_to") else None
    return _line(person.writes(chat, body["text"], reply_to=reply_to))


async def _press(world: World, body: Json) -> Json:
    person = _find_person(world, body["user"])
    chat = _find_chat(world, person, body.get("chat"))
    press = person.presses(_find_message(world, chat, body["message_id"]), body["button"])
    try:
        toast: str | None = await press.answered(_TOAST_SECONDS)
    except TimeoutError:
        toast = None
    return {"toast": toast, "alert": press.is_alert}


async def _open(world: World, body: Json) -> Json:
    return _line(_find_person(world, body["user"]).opens(body["url"]))


async def _transcript(world: World, body: Json) -> list[Json]:
    if body.get("chat") is None:
        chats = [chat for chat in world.chats.values() if world.history[chat.id]]
    else:
        chats = [_find_chat(world, None, body["chat"])]
    return [_line(message) for chat in chats for message in world.messages(chat)]


def _line(message: Message) -> Json:
    line: Json = {"chat": message.chat.name, "message_id": message.message_id}
    line |= {"at": message.date.isoformat(), "from": message.sender.full_name, "text": message.text}
    if message.rows:
        line["buttons"] = [[button["text"] for button in row] for row in message.rows]
    if message.is_service:
        line["event"] = next(iter(message.content))
    return line


def _find_person(world: World, name: object) -> Person:
    for person in world.people:
        if name in (person.id, str(person.id), person.first_name, person.full_name, person.username):
            return person
    raise NotInThePlay(f"nobody here is called {name}")


def _find_chat(world: World, person: Person | None, name: object) -> Chat:
    if name is None and person is not None:
        return person.private
    for chat in world.chats.values():
        if not chat.migrated_to and name in (chat.id, str(chat.id), chat.name):
            return chat
    raise NotInThePlay(f"no chat here is called {name}")


def _find_message(world: World, chat: Chat, message_id: int) -> Message:
    message = world.message(chat, int(message_id))
    if message is None:
        raise NotInThePlay(f"no message {message_id} in {chat.name}")
    return message


_PLAYS: dict[str, _Play] = {
    "world": _world,
    "person": _person,
    "group": _group,
    "write": _write,
    "press": _press,
    "open": _open,
    "transcript": _transcript,
}

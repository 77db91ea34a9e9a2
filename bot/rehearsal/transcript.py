"""The story as people see it: date lines, who wrote what in which chat, buttons, toasts, changed cards, nudges."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from bot.rehearsal.calls import Call
from bot.rehearsal.cast import PLACES, VIENTIANE, both_clocks
from bot.rehearsal.messages import Message, inline_rows
from bot.rehearsal.paper import Paper
from bot.rehearsal.paragraphs import changed, keyboard, plain, wrapped
from bot.rehearsal.presses import Press
from bot.rehearsal.records import Chat, User
from bot.rehearsal.reminders import is_reminder
from bot.rehearsal.world import World

WIDTH = 88
INDENT = "    "
LONG = 2
"""Lines from which a text that was said before is not shown again."""


class Transcript:
    """Writes lines in the order in which things happen."""

    def __init__(self, world: World, paper: Paper) -> None:
        self._world = world
        self.paper = paper
        self._day: date | None = None
        self._place: tuple[str, int] | None = None
        self._faces: dict[tuple[int, int], str] = {}
        self._buttons: dict[tuple[int, int], list[str]] = {}
        self._heard: set[str] = set()

    # -- what people do --------------------------------------------------------------------------------------

    def wrote(self, message: Message) -> None:
        """Somebody wrote or sent something."""
        self._at(message.date, message.chat)
        self._who(message.sender.full_name, _answering(message))
        self._body(_content(message))

    def edited(self, message: Message) -> None:
        """Somebody changed the words of a message of his."""
        self._at(self._world.now(), message.chat)
        self._who(message.sender.full_name, "changes the message")
        self._body(_content(message))

    def opened(self, message: Message, by: str) -> None:
        """Somebody came into the private chat by a link or a button, which shows START."""
        self._at(message.date, message.chat)
        self.paper.line(
            f"  {self._name(message.sender.full_name)} {by} and presses {self.paper.styled('START', bold=True)}"
        )

    def pressed(self, press: Press, label: str) -> None:
        """Somebody pressed a button; its toast comes with the bot's calls."""
        self._at(self._world.now(), press.message.chat)
        self.paper.line(f"  {self._name(press.person.full_name)} presses {self.paper.styled(f'[{label}]', bold=True)}")

    def happened(self, words: str) -> None:
        """Something happened outside the chats."""
        self._date(self._world.now())
        self._place = None
        self.paper.line("")
        for line in wrapped(words, WIDTH - 2):
            self.paper.line(self.paper.styled(f"* {line}", fg="magenta"))

    def chapter(self, title: str) -> None:
        """A new chapter begins."""
        self._place = None
        self.paper.line("")
        self.paper.line("")
        self.paper.line(self.paper.styled(title.upper(), bold=True))

    # -- what the bot does -----------------------------------------------------------------------------------

    def called(self, calls: Iterable[Call]) -> None:
        """Show what people see of the bot's calls."""
        listed = list(calls)
        last = {_message_of(call): number for number, call in enumerate(listed) if call.method == "editMessageText"}
        for number, call in enumerate(listed):
            if call.method == "editMessageText" and last[_message_of(call)] != number:
                continue  # the same card changes again at once
            self._called(call)

    def _called(self, call: Call) -> None:
        if not call.ok:
            return  # nobody saw it
        match call.method:
            case "sendMessage" | "sendDocument" | "sendPhoto":
                self._said(call)
            case "editMessageText":
                self._changed(call)
            case "answerCallbackQuery" if call.params.get("text"):
                self._toast(call)
            case "setMessageReaction":
                self._reaction(call)
            case "leaveChat":
                self._at(call.at, self._world.chats[call.chat_id or 0])
                self.paper.line("  Focalpoint leaves the chat.")

    def _said(self, call: Call) -> None:
        text = str(call.result.get("text") or call.result.get("caption") or "")
        nudge = is_reminder(text)
        self._at(call.at, self._world.chats[call.chat_id or 0])
        silent = " (without a sound)" if call.params.get("disable_notification") else ""
        self._who("Focalpoint", f"reminds, at {both_clocks(call.at)}" if nudge else silent.strip(), nudge=nudge)
        if "document" in call.result:
            self._body([f"(file: {call.result['document'].get('file_name', '')})"])
        if "photo" in call.result:
            self._body(["(a picture)"])
        lines, buttons = wrapped(text), _labels(call.result)
        self._faces[_message_of(call)], self._buttons[_message_of(call)] = text, buttons
        self._body(self._once(text, lines), buttons)

    def _once(self, text: str, lines: list[str]) -> list[str]:
        """The lines, or a word in place of a long text that was already read in another chat."""
        if text in self._heard and len(lines) >= LONG:
            return ["(the same words as above)"]
        self._heard.add(text)
        return lines

    def _changed(self, call: Call) -> None:
        key = _message_of(call)
        text, buttons = str(call.result["text"]), _labels(call.result)
        new = changed(self._faces.get(key, ""), text)
        new_buttons = buttons if buttons != self._buttons.get(key) else []
        self._faces[key], self._buttons[key] = text, buttons
        if not new and not new_buttons:
            return
        self._at(call.at, self._world.chats[call.chat_id or 0])
        heading = "" if text.split("\n")[0] in new.split("\n") else wrapped(text)[0]
        self._who("Focalpoint", f"changes its message “{heading}”:" if heading else "changes its message:")
        self._body(wrapped(new) if new else [], new_buttons)

    def _toast(self, call: Call) -> None:
        press = self._world.presses.get(str(call.params["callback_query_id"]))
        if press is None:
            return
        where = "in a box" if press.is_alert else "for a moment"
        self.paper.line(f"  Focalpoint shows {press.person.full_name} {where}:")
        self._body(wrapped(f"“{call.params['text']}”"))

    def _reaction(self, call: Call) -> None:
        emoji = " ".join(str(each.get("emoji", "")) for each in call.params.get("reaction") or [])
        self._at(call.at, self._world.chats[call.chat_id or 0])
        self.paper.line(f"  Focalpoint puts {emoji} under it.")

    # -- lines -----------------------------------------------------------------------------------------------

    def _date(self, moment: datetime) -> None:
        day = moment.astimezone(PLACES[VIENTIANE].zone).date()
        if day != self._day:
            self._day, self._place = day, None
            heading = f"── {day:%A} {day.day} {day:%B %Y} "
            self.paper.line("")
            self.paper.line(self.paper.styled(heading.ljust(WIDTH, "─"), bold=True))

    def _at(self, moment: datetime, chat: Chat) -> None:
        """Say when and where, unless that was just said."""
        self._date(moment)
        place = (both_clocks(moment), chat.id)
        if place != self._place:
            self._place = place
            self.paper.line("")
            self.paper.line(self.paper.styled(f"{place[0]} · {_where(chat)}", dim=True))

    def _who(self, name: str, doing: str = "", *, nudge: bool = False) -> None:
        shown = self.paper.styled(name, fg="yellow" if nudge else "green") if name == "Focalpoint" else self._name(name)
        end = "" if doing.endswith(":") else ":"
        self.paper.line(f"  {shown}{' ' + doing if doing else ''}{end}")

    def _name(self, name: str) -> str:
        return self.paper.styled(name, fg="cyan")

    def _body(self, lines: list[str], buttons: list[str] | None = None) -> None:
        for line in lines:
            self.paper.line(f"{INDENT}{line}".rstrip())
        for row in keyboard(buttons or []):
            self.paper.line(self.paper.styled(f"{INDENT}{row}", bold=True))


def _message_of(call: Call) -> tuple[int, int]:
    number = call.result.get("message_id") if isinstance(call.result, dict) else None
    return call.chat_id or 0, int(number or call.params.get("message_id") or 0)


def _labels(result: dict[str, Any]) -> list[str]:
    return [plain(str(button["text"])) for row in inline_rows(result.get("reply_markup")) for button in row]


def _where(chat: Chat) -> str:
    return f"private chat of {chat.person.full_name}" if isinstance(chat.person, User) else "in the group"


def _answering(message: Message) -> str:
    """What a message replies to, in a few words."""
    if message.reply_to is None:
        return ""
    first = plain(message.reply_to.text).partition("\n")[0]
    short = first if len(first) <= 40 else f"{first[:39].rstrip()}…"
    return f"answers {message.reply_to.sender.full_name} “{short}”"


def _content(message: Message) -> list[str]:
    shown = []
    if "photo" in message.content:
        shown.append("(a photo)")
    if "document" in message.content:
        shown.append(f"(a file: {message.content['document'].get('file_name', '')})")
    return [*shown, *(wrapped(message.text) if message.text else [])]

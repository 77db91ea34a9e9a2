"""Strange updates, each of a shape that the Bot API allows: one integer makes a run of them."""

from dataclasses import dataclass
from random import Random
from typing import Any

PIECES = (
    "a",
    "list of trainers",
    "ການຝຶກອົບຮົມຄູ",
    "ກຳ",
    "课程开发",
    "e\u0301",
    "\u212b",
    "ﬁ",
    "👩‍👩‍👧‍👦",
    "🇱🇦",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u200d",
    "\u2800",
    "\x00",
    "\ud800",
    "\udfff",
    "\u0301" * 40,
    "<b>",
    "</i>",
    "&amp;",
    "&#0;",
    "%s",
    "{0}",
    "{name}",
    "'; DROP TABLE task; --",
    "\\",
    "\t",
    "\n",
    "\r\n",
    "@vte_focal",
    "@nobody",
    "#tot",
    "#",
    "by 31 February",
    "by 29 February 2028",
    "by 1 January 9999",
    "by year 1",
    "by 2569-04-01",
    "T1",
    "D999999999",
    "9" * 30,
    "-1",
    "\ufeff",
    "https://example.org/?q=<x>&y",
    "\U0010ffff",
    "\u0e33",
    "/task",
    "x" * 500,
)
COMMANDS = (
    "task",
    "decide",
    "tasks",
    "decisions",
    "done",
    "status",
    "find",
    "help",
    "date",
    "who",
    "history",
    "d1",
    "t1",
    "t0",
    "d999999999",
    "privacy",
    "leave",
    "mechanism",
    "people",
    "start",
    "cancel",
    "language",
    "nothing",
    "TASK",
    "x" * 64,
)
KEPT = "task"


@dataclass
class Hostile:
    """Writes updates as people of the bed's cast, and as nobody anybody knows."""

    bed: Any
    chance: Random
    number: int = 0

    def text(self) -> str:
        """Words of pieces that were chosen to hurt."""
        return " ".join(self.chance.choice(PIECES) for _ in range(self.chance.randint(0, 7)))[:4000]

    def update(self) -> dict[str, Any]:
        """One update without its id."""
        self.number += 1
        make = self.chance.choice(
            (
                self._command,
                self._command,
                self._command,
                self._plain,
                self._edited,
                self._post,
                self._mask,
                self._press,
                self._service,
                self._member,
                self._unknown,
                self._file,
            )
        )
        return make()

    def _person(self) -> dict[str, Any]:
        if self.chance.random() < 0.8:
            return self.bed.cast[self.chance.choice(sorted(self.bed.cast))].json()
        made = {"id": 2**52 - self.chance.randint(1, 9), "is_bot": self.chance.random() < 0.2}
        return made | {"first_name": self.text() or "?", "last_name": self.text(), "language_code": self.text()[:8]}

    def _chat(self, person: dict[str, Any]) -> dict[str, Any]:
        if self.chance.random() < 0.5:
            return {"id": person["id"], "type": "private", "first_name": "x"}
        if self.chance.random() < 0.7:
            return self.bed.group.json()
        kind = self.chance.choice(("group", "supergroup"))
        return {"id": -1009000000000 - self.chance.randint(1, 5), "type": kind, "title": self.text()}

    def _message(self, text: str, **more: Any) -> dict[str, Any]:
        person = self._person()
        body = {"message_id": 10_000 + self.number, "date": 1775008800 + self.number, "from": person}
        body |= {"chat": self._chat(person), "text": text or "?"}
        if self.chance.random() < 0.2:
            body["reply_to_message"] = {
                "message_id": 9,
                "date": 1,
                "chat": body["chat"],
                "text": self.text(),
                "from": self._person(),
            }
        if self.chance.random() < 0.2:
            body |= {"message_thread_id": self.chance.randint(1, 9), "is_topic_message": True}
        if text.startswith("/"):
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return body | more

    def _command(self) -> dict[str, Any]:
        name = self.chance.choice(COMMANDS)
        return {"message": self._message(f"/{name} {self.text()}")}

    def _plain(self) -> dict[str, Any]:
        return {"message": self._message(self.text())}

    def _edited(self) -> dict[str, Any]:
        return {"edited_message": self._message(f"/task {self.text()}", edit_date=1775008900)}

    def _post(self) -> dict[str, Any]:
        chat = {"id": -1002900000001, "type": "channel", "title": self.text()}
        return {"channel_post": {"message_id": 1, "date": 1775008800, "chat": chat, "text": f"/task {self.text()}"}}

    def _mask(self) -> dict[str, Any]:
        mask = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        group = self.bed.group.json()
        return {
            "message": self._message(f"/decide {self.text()}") | {"from": mask, "sender_chat": group, "chat": group}
        }

    def _press(self) -> dict[str, Any]:
        person = self._person()
        query = {"id": str(self.number), "from": person, "chat_instance": "1", "data": self.text()[:64] or "x"}
        return {
            "callback_query": query | {"message": self._message("card") | {"date": self.chance.choice((0, 1775008800))}}
        }

    def _service(self) -> dict[str, Any]:
        gone = self.chance.choice(("left_chat_member", "new_chat_title", "pinned_message", "group_chat_created"))
        value = {"left_chat_member": self._person(), "new_chat_title": self.text() or "?", "group_chat_created": True}
        message = self._message("") | {gone: value.get(gone, self._message("pinned"))}
        return {"message": {name: part for name, part in message.items() if name != "text"}}

    def _member(self) -> dict[str, Any]:
        person, bot = self._person(), {"id": 700001, "is_bot": True, "first_name": "Focalpoint"}
        change = {"chat": self._chat(person), "from": person, "date": 1775008800}
        state = self.chance.choice(("member", "administrator"))
        rights = (
            "can_be_edited",
            "is_anonymous",
            "can_manage_chat",
            "can_delete_messages",
            "can_manage_video_chats",
            "can_restrict_members",
            "can_promote_members",
            "can_change_info",
            "can_invite_users",
            "can_post_stories",
            "can_edit_stories",
            "can_delete_stories",
        )
        now = {"user": bot, "status": state} | (dict.fromkeys(rights, False) if state == "administrator" else {})
        return {"my_chat_member": change | {"old_chat_member": {"user": bot, "status": "left"}, "new_chat_member": now}}

    def _unknown(self) -> dict[str, Any]:
        return {self.chance.choice(("new_kind_of_update", "story", "shipping_label")): {"what": self.text()}}

    def _file(self) -> dict[str, Any]:
        document = {"file_id": "f", "file_unique_id": "u", "file_name": self.text(), "file_size": 20 * 2**20}
        body = self._message("") | {"document": document, "caption": f"/done T1 {self.text()}"}
        return {"message": {name: part for name, part in body.items() if name != "text"}}

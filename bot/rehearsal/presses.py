"""A press of an inline button, from the finger to the toast."""

from dataclasses import dataclass

from bot.rehearsal.bell import Bell
from bot.rehearsal.messages import Message
from bot.rehearsal.records import Json, User

# Telegram names no figure; people measured 5 to 20 seconds, so half a minute is generous.
ANSWER_SECONDS = 30.0


@dataclass(eq=False)
class Press:
    """One callback query; `answer` is what the bot gave to answerCallbackQuery, None as long as it gave nothing."""

    id: str
    person: User
    message: Message
    data: str
    at: float
    bell: Bell
    answer: Json | None = None
    expired: bool = False

    @property
    def toast(self) -> str | None:
        """The words shown to the person; None as long as there is no answer, empty when it had no words."""
        return None if self.answer is None else str(self.answer.get("text", ""))

    @property
    def is_alert(self) -> bool:
        """Whether the words stood in a box that has to be closed."""
        return bool(self.answer and self.answer.get("show_alert"))

    async def answered(self, timeout: float = 10) -> str:  # noqa: ASYNC109 - the word every caller here uses
        """Wait for the answer and return its words; TimeoutError when the bot leaves the clock turning."""
        await self.bell.until(lambda: self.answer is not None, timeout)
        return self.toast or ""

    def expire(self) -> None:
        """From now on the answer comes too late, as after an outage."""
        self.expired = True

    def json(self, chat_instance: str) -> Json:
        """The CallbackQuery object of the Bot API."""
        return {
            "id": self.id,
            "from": self.person.json(),
            "message": self.message.json(),
            "chat_instance": chat_instance,
            "data": self.data,
        }

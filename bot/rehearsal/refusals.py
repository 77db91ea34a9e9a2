"""What the server says when it does not do what it was asked."""

from bot.rehearsal.records import Json


class Refusal(Exception):
    """The call was understood and not done; carries Telegram's status, its wording and its parameters."""

    def __init__(self, description: str, *, status: int = 400, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def json(self) -> Json:
        """The body Telegram sends with this refusal."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad(description: str, parameters: Json | None = None) -> Refusal:
    """A 400 with the given words after `Bad Request: `."""
    return Refusal(f"Bad Request: {description}", parameters=parameters)


def forbidden(description: str) -> Refusal:
    """A 403 with the given words after `Forbidden: `."""
    return Refusal(f"Forbidden: {description}", status=403)


def conflict(description: str) -> Refusal:
    """A 409 with the given words after `Conflict: `."""
    return Refusal(f"Conflict: {description}", status=409)


def too_many(retry_after: int) -> Refusal:
    """A 429 that asks to wait the given seconds."""
    words = f"Too Many Requests: retry after {retry_after}"
    return Refusal(words, status=429, parameters={"retry_after": retry_after})

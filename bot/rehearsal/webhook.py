"""Bringing updates to a webhook instead of waiting to be asked."""

import asyncio
import re
from urllib.parse import urlsplit

import aiohttp

from bot.rehearsal.records import Json
from bot.rehearsal.refusals import bad
from bot.rehearsal.state import State

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0
_ANSWER_SECONDS = 60


class Webhook:
    """One address that is given one update after the other, each until it answers 2xx."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.url = ""
        self.secret: str | None = None
        self.most_connections = 40
        self.failures = 0
        self.last_error: str | None = None
        self._task: asyncio.Task[None] | None = None

    async def set(self, parameters: Json) -> bool:
        """setWebhook: an empty address takes it away."""
        url, secret = parameters["url"], parameters.get("secret_token")
        if not url:
            return await self.delete(parameters)
        _check(url, secret)
        await self.stop()
        updates = self.state.updates
        updates.want(parameters.get("allowed_updates"))
        if parameters.get("drop_pending_updates"):
            updates.drop_pending()
        updates.webhook = True
        updates.take_over(None, "terminated by setWebhook request")
        self.url, self.secret = url, secret
        self.most_connections = parameters.get("max_connections", 40)
        self._task = asyncio.create_task(self._bring())
        return True

    async def delete(self, parameters: Json) -> bool:
        """deleteWebhook: back to getUpdates."""
        await self.stop()
        self.url, self.secret, self.state.updates.webhook = "", None, False
        if parameters.get("drop_pending_updates"):
            self.state.updates.drop_pending()
        return True

    def info(self) -> Json:
        """getWebhookInfo."""
        pending = len(self.state.updates.pending)
        info: Json = {"url": self.url, "has_custom_certificate": False, "pending_update_count": pending}
        if self.url:
            info["max_connections"] = self.most_connections
        if self.last_error:
            info["last_error_date"] = int(self.state.now().timestamp())
            info["last_error_message"] = self.last_error
        if self.state.updates.wanted:
            info["allowed_updates"] = sorted(self.state.updates.wanted)
        return info

    async def stop(self) -> None:
        """Bring nothing more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _bring(self) -> None:
        pause = _FIRST_PAUSE
        timeout = aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                update = await self.state.bell.until(self.state.updates.first, None)
                if await self._post(session, update):
                    self.state.updates.arrived(update)
                    pause = _FIRST_PAUSE
                    continue
                self.failures += 1
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        try:
            async with session.post(self.url, json=update, headers=headers) as answer:
                if answer.ok:
                    return True
                self.last_error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            self.last_error = f"Connection failed: {type(error).__name__}"
        return False


def _check(url: str, secret: str | None) -> None:
    """Telegram wants HTTPS; here plain HTTP will do on loopback."""
    parts = urlsplit(url)
    is_local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if parts.scheme != "https" and not is_local:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad("secret token contains unallowed characters")

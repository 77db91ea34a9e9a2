"""The other way in: Telegram brings updates to us. The same intake, before the 200."""

import hmac
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import NetworkError

from bot.first_question import ALLOWED_UPDATES
from bot.intake import Intake
from bot.settings import Telegram

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Webhook:
    """A small server behind a proxy that ends TLS. Updates without the secret are refused."""

    def __init__(self, settings: Telegram, intake: Intake) -> None:
        assert settings.webhook_url is not None, "settings with mode = webhook have an address"
        assert settings.webhook_secret is not None, "settings with mode = webhook have a secret"
        self._url = settings.webhook_url
        self._secret = settings.webhook_secret.get_secret_value()
        self._listen = settings.listen
        self._intake = intake
        application = web.Application()
        application.router.add_post(urlsplit(self._url).path or "/", self._receive)
        self._runner = web.AppRunner(application, access_log=None)

    async def start(self, bot: Bot) -> None:
        """Listen, then tell Telegram where."""
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._listen).start()
        await bot.set_webhook(self._url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES)

    async def stop(self) -> None:
        """Take no more updates; Telegram keeps them and brings them again."""
        await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            update = await request.json()
            if not isinstance(update["update_id"], int):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            await self._intake.take([update])
        except NetworkError:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()

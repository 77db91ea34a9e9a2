"""Asking Telegram from the command line: what the bot is called, and whether all is well on the way there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime

from telegram import Bot, User, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.endings import REVOKED
from bot.operating.findings import Finding, fine, look, wrong
from bot.requests import AiohttpRequest, Timeouts
from bot.settings import Settings
from bot.settings import Telegram as TelegramSection

PATIENCE = Timeouts(read=10, write=5, connect=5, pool=5)
SKEW_LOOK, SKEW_WRONG = 10, 120
"""Seconds between Telegram's clock and ours. The Date header has whole seconds and travels a while."""


@asynccontextmanager
async def calling(settings: Settings) -> AsyncIterator[tuple[Bot, AiohttpRequest]]:
    """A bot that calls methods and nothing else, and the request it calls them with."""
    telegram = settings.telegram
    proxy = None if telegram.proxy is None else telegram.proxy.get_secret_value()
    request = AiohttpRequest(connections=2, timeouts=PATIENCE, proxy=proxy)
    await request.initialize()
    try:
        yield Bot(telegram.token.get_secret_value(), base_url=telegram.base_url, request=request), request
    finally:
        await request.shutdown()


async def username(settings: Settings) -> str | None:
    """What the bot is called; None when Telegram does not say."""
    async with calling(settings) as (bot, _):
        try:
            return (await bot.get_me()).username
        except TelegramError:
            return None


async def findings(settings: Settings, now: datetime) -> list[Finding]:
    """Whether Telegram answers, knows the token, gives the bot what it needs, and has the same time."""
    async with calling(settings) as (bot, request):
        try:
            me, webhook = await bot.get_me(), await bot.get_webhook_info()
        except InvalidToken:
            return [wrong(REVOKED)]
        except TelegramError as error:
            return [wrong(f"Telegram cannot be reached at {settings.telegram.api_url} ({type(error).__name__}).")]
    return [*_about_me(me), _about_webhook(webhook, settings.telegram), _about_clock(request.dated, now)]


def _about_me(me: User) -> list[Finding]:
    found = [fine(f"Telegram answers; the bot is @{me.username}.")]
    if me.can_join_groups is False:
        found.append(wrong("Nobody can bring the bot into a group. Write to @BotFather: /setjoingroups"))
    if me.can_read_all_group_messages:
        text = "Privacy mode is off: Telegram gives the bot all talk in its groups. It keeps none of it and needs none."
        found.append(look(f"{text} To turn it on, write to @BotFather: /setprivacy"))
    else:
        found.append(fine("Privacy mode is on: the bot hears commands and replies to itself only."))
    return found


def _about_webhook(webhook: WebhookInfo, telegram: TelegramSection) -> Finding:
    wanted = telegram.webhook_url or "" if telegram.mode == "webhook" else ""
    if webhook.url and not wanted:
        return look("A webhook is set from elsewhere. `focalpoint run` takes it away, because the mode is polling.")
    if webhook.url != wanted:
        return look("Telegram does not post to webhook_url yet. `focalpoint run` sets it.")
    if webhook.last_error_date is not None:
        return look(f"Telegram last failed to post to the webhook at {webhook.last_error_date:%Y-%m-%d %H:%M} UTC.")
    return fine(f"The way of updates is {telegram.mode}; {webhook.pending_update_count} wait at Telegram.")


def _about_clock(dated: str | None, now: datetime) -> Finding:
    if dated is None:
        return look("The server did not say what time it is, so the clock was not compared.")
    seconds = round(abs((parsedate_to_datetime(dated) - now).total_seconds()))
    if seconds > SKEW_WRONG:
        return wrong(f"This computer's clock is {seconds} seconds away from Telegram's. Set it, or nudges come wrong.")
    if seconds > SKEW_LOOK:
        return look(f"This computer's clock is {seconds} seconds away from Telegram's.")
    return fine("This computer's clock agrees with Telegram's.")

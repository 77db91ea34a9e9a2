"""What Telegram shows before anybody writes: menus for each scope and the bot's descriptions, in every language."""

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot import paper
from bot.routes import COMMANDS, Where
from handlers.rules.languages import SPOKEN
from handlers.views import help as views
from handlers.voice import Say
from storage import leases
from storage.engine import Database

log = logging.getLogger(__name__)
SCOPES = {Where.GROUP: BotCommandScopeAllGroupChats, Where.PRIVATE: BotCommandScopeAllPrivateChats}


@dataclass(frozen=True)
class Shown:
    """Everything Telegram shows in one language. `code` is None for whoever speaks no other of ours."""

    code: str | None
    menus: tuple[tuple[Where, tuple[tuple[str, str], ...]], ...]
    description: str
    short_description: str


def shown() -> Iterator[Shown]:
    """What is to be shown, language by language."""
    for language in SPOKEN:
        say = Say(language)
        yield Shown(
            code=None if language == SPOKEN[0] else language[:2],
            menus=tuple((where, tuple(_menu(where, say))) for where in SCOPES),
            description=paper.plain(views.description(say)),
            short_description=paper.plain(views.short_description(say)),
        )


def _menu(where: Where, say: Say) -> Iterator[tuple[str, str]]:
    for command in COMMANDS:
        if where in command.menu:
            yield command.name, paper.plain(views.short(command.name, say))


async def tell(bot: Bot, database: Database, now: datetime) -> None:
    """Set what is not set yet. What was told once is not asked for again; what goes wrong here hinders nothing."""
    wanted = tuple(shown())
    mark = _mark(bot.id, wanted)
    try:
        async with database.reading() as session:
            known = await leases.marked(session, mark)
        if known is None:
            for each in wanted:
                await _tell_in(bot, each)
            async with database.writing() as session:
                await _remember(session, bot.id, mark, now)
    except (TelegramError, SQLAlchemyError) as error:
        log.warning("menus were not set: %s", type(error).__name__)


def _mark(bot_id: int, wanted: tuple[Shown, ...]) -> str:
    written = json.dumps([astuple(each) for each in wanted], default=str)
    return f"{_prefix(bot_id)}{hashlib.sha256(written.encode()).hexdigest()[:16]}"


def _prefix(bot_id: int) -> str:
    return f"menus:{bot_id}:"


async def _remember(session: AsyncSession, bot_id: int, mark: str, now: datetime) -> None:
    """Only the newest counts: going back to an older version has to tell its menus again."""
    await leases.unmark(session, _prefix(bot_id))
    await leases.mark(session, mark, now)


async def _tell_in(bot: Bot, wanted: Shown) -> None:
    for where, menu in wanted.menus:
        scope = SCOPES[where]()
        known = await bot.get_my_commands(scope=scope, language_code=wanted.code)
        if [(each.command, each.description) for each in known] != list(menu):
            commands = [BotCommand(name, line) for name, line in menu]
            await bot.set_my_commands(commands, scope=scope, language_code=wanted.code)
    if (await bot.get_my_description(wanted.code)).description != wanted.description:
        await bot.set_my_description(wanted.description, language_code=wanted.code)
    if (await bot.get_my_short_description(wanted.code)).short_description != wanted.short_description:
        await bot.set_my_short_description(wanted.short_description, language_code=wanted.code)

"""What Telegram shows before anybody writes: menus for each scope, the name's descriptions."""

import logging

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot import paper, readers
from bot.routes import COMMANDS, Where
from handlers.views import help as views
from handlers.voice import Say

log = logging.getLogger(__name__)
SCOPES = {Where.GROUP: BotCommandScopeAllGroupChats, Where.PRIVATE: BotCommandScopeAllPrivateChats}


async def tell(bot: Bot) -> None:
    """Set menus and descriptions. What Telegram refuses here is logged and hinders nothing."""
    try:
        for language in readers.SPOKEN:
            await _tell_in(bot, language)
    except TelegramError as error:
        log.warning("menus were not set: %s", type(error).__name__)


async def _tell_in(bot: Bot, language: str) -> None:
    say = Say(language)
    code = None if language == readers.SPOKEN[0] else language[:2]
    for where, scope in SCOPES.items():
        commands = [BotCommand(c.name, paper.plain(views.short(c.name, say))) for c in COMMANDS if where in c.menu]
        await bot.set_my_commands(commands, scope=scope(), language_code=code)
    await bot.set_my_description(paper.plain(views.description(say)), language_code=code)
    await bot.set_my_short_description(paper.plain(views.short_description(say)), language_code=code)

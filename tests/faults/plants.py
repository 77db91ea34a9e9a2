"""Bugs of one life that a story begins with: what they do shows only when that life dies at the wrong moment."""

from pkgutil import resolve_name
from typing import Any

from sqlalchemy import update
from sqlmodel import col
from telegram import Bot

from bot import calls
from bot.intake import Intake
from bot.owing import Debts
from bot.program import Program
from storage import claiming, outbox, sessions
from storage.tables import Outbox

SETTLE, TAKE, BUILD, CLAIM_ALL = Debts.settle, Intake.take, Program._build, claiming.claim_all
bots: list[Bot] = []


def _built(self: Program) -> None:
    BUILD(self)
    bots.append(self.bot)


async def _said_at_once(self: Debts) -> None:
    """What is owed is said before the transaction that records it is through."""
    owed = list(self._calls.values())
    await SETTLE(self)
    for call in owed:
        made = await calls.make(bots[-1], call.method, call.payload)
        said = update(Outbox).where(col(Outbox.key) == call.key).values(**outbox.sent(self._now, made.message_id))
        await sessions.run(self._session, said)


async def marked_too_soon(session: Any, leaving: Any, owner: str, now: Any) -> None:
    """What is claimed counts as sent."""
    await CLAIM_ALL(session, leaving, owner, now)
    await outbox.mark_all_sent(session, {call.id: None for call in leaving}, owner, now)


async def _confirmed_first(self: Intake, updates: Any) -> None:
    """Telegram is asked for the next updates before these are kept."""
    if updates:
        await bots[-1].get_updates(offset=max(update["update_id"] for update in updates) + 1, timeout=0)
        await TAKE(self, updates)


PLANTS = {
    "confirm before commit": (("bot.program.Program._build", _built), ("bot.intake.Intake.take", _confirmed_first)),
    "answer before commit": (("bot.program.Program._build", _built), ("bot.owing.Debts.settle", _said_at_once)),
    "mark before send": (("storage.claiming.claim_all", marked_too_soon),),
}


def plant(name: str) -> None:
    """Let this process have the bug of this name."""
    for target, instead in PLANTS[name]:
        owner, _, attribute = target.rpartition(".")
        setattr(resolve_name(owner), attribute, instead)

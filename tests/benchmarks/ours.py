"""The bot itself, with Telegram's limits taken away, on a database that a benchmark filled."""

import asyncio
import sys

from bot.clock import SystemClock
from bot.limiter import Limiter
from bot.operating.preparing import prepare
from bot.program import Program
from bot.settings import DatabaseSection, Settings, Telegram

TOKEN = "700001:" + "A" * 35
MANY = 10**9


async def main(port: str, url: str) -> None:
    """Run until it is killed."""
    settings = Settings(
        telegram=Telegram(token=TOKEN, api_url=f"http://127.0.0.1:{port}"), database=DatabaseSection(url=url)
    )
    await prepare(settings)
    program = Program(settings, SystemClock(), Limiter(MANY, MANY, MANY, MANY))
    await program.start()
    await program.run_until(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))

"""The bot itself, with Telegram's limits taken away, on a database that a benchmark filled."""

import asyncio
import sys

from bot.first_question import while_loading
from bot.settings import DatabaseSection, Settings, Telegram

TOKEN = "700001:" + "A" * 35
MANY = 10**9


async def main(port: str, url: str) -> None:
    """Run until it is killed."""
    settings = Settings(
        telegram=Telegram(token=TOKEN, api_url=f"http://127.0.0.1:{port}"), database=DatabaseSection(url=url)
    )
    first, running = await while_loading(settings, "bot.running")
    from bot.limiter import Limiter

    await running.prepare(settings)
    program = running.Program(settings, running.SystemClock(), Limiter(MANY, MANY, MANY, MANY), first)
    await program.start()
    running.spare_the_collector()
    await program.run_until(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))

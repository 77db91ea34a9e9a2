"""Where monitoring asks over loopback HTTP: /live, /ready and /metrics. Off unless the settings name an address."""

import asyncio
import shutil
from datetime import timedelta
from http import HTTPStatus

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot import metrics
from bot.clock import Clock
from bot.counts import Counts
from bot.exits import Exit, Refused
from bot.operating import health
from bot.operating.findings import Finding, exit_code
from bot.settings import Settings
from bot.settings_checks import host_and_port
from bot.skew import Skew
from storage.engine import Database

PLAIN = "text/plain; version=0.0.4; charset=utf-8"


class HealthServer:
    """Tells that the process lives, whether it does its work, and in which figures."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        skew: Skew,
        counts: Counts,
        stopping: asyncio.Event,
    ) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._skew = skew
        self._counts = counts
        self._stopping = stopping
        application = web.Application()
        application.router.add_get("/live", self._live)
        application.router.add_get("/ready", self._ready)
        application.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(application, access_log=None)

    async def start(self, address: str) -> None:
        """Listen there. Raises Refused when somebody else does."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, *host_and_port(address)).start()
        except OSError:
            raise Refused(f"Somebody else listens on {address}. Write another health_listen.") from None

    async def stop(self) -> None:
        """Listen no longer."""
        await self._runner.cleanup()

    async def _live(self, _: web.Request) -> web.Response:
        """Red alone when the process should be started anew; a program that ends by itself is about to be."""
        if self._stopping.is_set():
            return web.Response(text="stopping\n", status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response(text="alive\n")

    async def _ready(self, _: web.Request) -> web.Response:
        found = await self._findings()
        status = HTTPStatus.SERVICE_UNAVAILABLE if exit_code(found) is Exit.WRONG else HTTPStatus.OK
        return web.Response(text="".join(f"{each}\n" for each in found), status=status)

    async def _findings(self) -> list[Finding]:
        try:
            return await health.of(self._database, self._settings, self._clock.now())
        except SQLAlchemyError as error:
            return [health.unreadable(error)]

    async def _metrics(self, _: web.Request) -> web.Response:
        gauges = {"clock_ahead_seconds": self._skew.ahead / timedelta(seconds=1)}
        file = self._settings.database_file
        if file is not None:
            gauges["disk_free_bytes"] = shutil.disk_usage(file.parent).free
        try:
            async with self._database.reading() as session:
                found = await metrics.figures(session, self._settings.telegram.bot_id, self._clock.now())
        except SQLAlchemyError:
            found = {"database_readable": 0.0}
        page = metrics.text(self._counts, gauges | {"database_readable": 1.0} | found)
        return web.Response(body=page, headers={"Content-Type": PLAIN})

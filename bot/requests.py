"""How a call travels to the Bot API: aiohttp behind python-telegram-bot's request interface.

The token is part of every address, so no address and no text of another library's error leaves this module:
errors are raised outside the `except` that caught their cause, with words of our own.
"""

import json
import os
from http import HTTPStatus
from typing import NamedTuple

import aiohttp
from telegram._utils.defaultvalue import DefaultValue  # BaseRequest marks "not given" with it
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.skew import Skew

JSON = {"Content-Type": "application/json"}


class NotSent(NetworkError):
    """No connection was made, so Telegram has seen nothing: the call may be repeated without a double."""


class ServerFault(NetworkError):
    """The server answered 500 or more, or something in between answered for it: it may do what was asked later."""


class Unsendable(TelegramError):
    """The parameters cannot be written as UTF-8 (a lone surrogate): repeating the call is useless."""


class Timeouts(NamedTuple):
    """Seconds; None waits for ever."""

    read: float | None = 10.0
    write: float | None = 10.0
    upload: float | None = 60.0
    connect: float | None = 10.0
    pool: float | None = 5.0


class AiohttpRequest(BaseRequest):
    """Sends the bot's calls over kept connections, through a proxy if one is given (http, https, socks4, socks5).

    Raises `NotSent` when no connection came about, `TimedOut` when the answer did not come in time, `ServerFault`
    for 500 and above, `NetworkError` for a connection that broke: after `TimedOut` and `NetworkError` the call may
    have been done. The proxies of the environment are not used. Built anywhere, it opens nothing before `initialize`.
    """

    def __init__(
        self,
        *,
        connections: int = 64,
        timeouts: Timeouts | None = None,
        proxy: str | None = None,
        skew: Skew | None = None,
    ) -> None:
        self._skew = skew
        self._connections = connections
        self._timeouts = timeouts or Timeouts()
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self.dated: str | None = None
        """The Date header of the last answer, for comparing clocks."""

    @property
    def read_timeout(self) -> float | None:
        """Seconds an answer may take when the caller says nothing else."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open the pool of connections; it may be opened again after a shutdown."""
        # Without it python-telegram-bot 22 warns of its own class each time Telegram answers 429.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=_connector(self._proxy, self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call; returns the HTTP status and the body."""
        uploads = request_data is not None and request_data.contains_files
        default = self._timeouts
        limits = _timeout(
            read=_given(read_timeout, default.read),
            write=_given(write_timeout, default.upload if uploads else default.write),
            connect=_given(connect_timeout, default.connect),
            pool=_given(pool_timeout, default.pool),
        )
        begun = None if self._skew is None else self._skew.begun()
        status, body = await self._exchange(url, method, request_data, limits)
        if method != "POST":
            return status, body
        answer = _readable(status, body)
        if self._skew is not None:
            self._skew.heard(self.dated, begun)
        return answer

    async def _exchange(
        self, url: str, method: str, data: RequestData | None, limits: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSent("The connection is closed")
        try:
            body, headers = _written(data)
            async with self._session.request(
                method,
                URL(url),
                data=body,
                headers=headers,
                timeout=limits,
                proxy=self._http_proxy,
                allow_redirects=False,
            ) as response:
                self.dated = response.headers.get("Date")
                return response.status, await response.read()
        except Exception as error:  # whatever is left to the caller would be logged, with the address in it
            fault = _fault(error)
        raise fault

    @property
    def _http_proxy(self) -> str | None:
        return None if self._proxy is None or _is_socks(self._proxy) else self._proxy


def _connector(proxy: str | None, connections: int) -> aiohttp.BaseConnector:
    if proxy is None or not _is_socks(proxy):
        return aiohttp.TCPConnector(limit=connections)
    from aiohttp_socks import ProxyConnector  # only those who need it pay for loading it

    # Names are always looked up by the proxy, which is what the "h" asks for.
    return ProxyConnector.from_url(proxy.replace("socks5h://", "socks5://", 1), limit=connections)


def _is_socks(proxy: str) -> bool:
    return proxy.startswith("socks")


def _given(value: ODVInput[float], default: float | None) -> float | None:
    return default if isinstance(value, DefaultValue) else value


def _timeout(
    *, read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """aiohttp counts the wait for a free connection as connecting and has no limit for writing but the total."""
    to_connect = None if connect is None or pool is None else connect + pool
    total = None if to_connect is None or read is None or write is None else to_connect + write + read
    return aiohttp.ClientTimeout(total=total, connect=to_connect, sock_connect=connect, sock_read=read)


def _written(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, {}
    if not data.contains_files:
        return json.dumps(data.parameters, ensure_ascii=False, separators=(",", ":")).encode(), JSON
    # Telegram shows file names as they come; quoted ones would be read as %E0%BA...
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        value.encode()  # here, because aiohttp would call it a TypeError and show the value
        form.add_field(name, value)
    for name, (filename, content, mime_type) in data.multipart_data.items():
        form.add_field(name, content, filename=_one_line(filename), content_type=mime_type)
    return form, {}


def _one_line(filename: str) -> str:
    return " ".join(filename.split())


def _fault(error: Exception) -> TelegramError:
    name = type(error).__name__
    if isinstance(error, UnicodeError):
        return Unsendable(f"The parameters cannot be written: {name}")
    if isinstance(error, aiohttp.ClientConnectorError):
        return NotSent(f"{name}: {error.os_error.strerror or type(error.os_error).__name__}")
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return NotSent(f"{name}: the proxy answered {error.status}")
    if isinstance(error, aiohttp.ConnectionTimeoutError | aiohttp.InvalidURL) or name in SOCKS_ERRORS:
        return NotSent(name)
    return TimedOut(f"Timed out: {name}") if isinstance(error, TimeoutError) else NetworkError(name)


# By name, because aiohttp-socks is loaded only by those who use it; all three come before anything was sent.
SOCKS_ERRORS = frozenset({"ProxyError", "ProxyConnectionError", "ProxyTimeoutError"})


def _readable(status: int, body: bytes) -> tuple[int, bytes]:
    """Turn what is no answer of the Bot API into something that python-telegram-bot reports, and logs, rightly."""
    answer = _parsed(body)
    if answer is None:
        return _foreign(status)
    if status < HTTPStatus.MULTIPLE_CHOICES and "result" not in answer:
        status = _error_code(answer)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ServerFault(f"The server answered {status}")
    return status, body


def _parsed(body: bytes) -> dict[str, object] | None:
    try:
        answer = json.loads(body.decode(errors="replace"))
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and "ok" in answer else None


def _foreign(status: int) -> tuple[int, bytes]:
    """The page of a proxy may show the address, and with it the token: none of it is passed on."""
    if status < HTTPStatus.MULTIPLE_CHOICES:
        raise NetworkError("The answer cannot be read")
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return status, b'{"ok":false,"description":"Request Entity Too Large"}'
    raise ServerFault(f"Something that is not the Bot API answered {status}")


def _error_code(answer: dict[str, object]) -> int:
    code = answer.get("error_code")
    return code if isinstance(code, int) and code >= HTTPStatus.BAD_REQUEST else HTTPStatus.INTERNAL_SERVER_ERROR

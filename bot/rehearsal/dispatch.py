"""One call from the wire to the log: who asks, what was ordered to go wrong, what is asked, what is answered."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.rehearsal import parameters as reading
from bot.rehearsal.calls import Call
from bot.rehearsal.faults import DONE_ALL_THE_SAME, Fault, FaultKind, Faults
from bot.rehearsal.limits import Limits
from bot.rehearsal.methods.table import TABLE
from bot.rehearsal.records import Json
from bot.rehearsal.refusals import Refusal, too_many
from bot.rehearsal.spec import BY_LOWER_NAME
from bot.rehearsal.webhook import Webhook
from bot.rehearsal.world import World

_GATEWAY_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body><center><h1>{0}</h1></center></body>\r\n</html>"


class Dispatch:
    """Answers the calls of one bot."""

    def __init__(self, world: World, limits: Limits, faults: Faults, webhook: Webhook, log: list[Call]) -> None:
        self.world, self.limits, self.faults, self.webhook, self.log = world, limits, faults, webhook, log
        self._waiting: dict[str, Callable[[Json], Awaitable[Any]]] = {
            "getUpdates": self._get_updates,
            "setWebhook": webhook.set,
            "deleteWebhook": webhook.delete,
            "getWebhookInfo": self._webhook_info,
        }

    async def answer(self, request: web.Request, spelled: str, *, known: bool) -> web.StreamResponse:
        """Do what is asked, or what was ordered to happen instead, and write it down."""
        method = BY_LOWER_NAME.get(spelled.lower(), spelled)
        raw: Json = {}
        fault: Fault | None = None
        try:
            raw = await reading.read(request)
            fault = self.faults.take(method, chat_of(raw), raw) if known else None
            if fault is not None and fault.kind not in DONE_ALL_THE_SAME:
                return await self._instead(request, method, raw, fault)
            result = await self._do(method, raw, known=known)
        except Refusal as refusal:
            self._note(method, raw, refusal, fault)
            return await self._reply(request, refusal.json(), refusal.status, fault)
        self._note(method, raw, result, fault)
        return await self._reply(request, {"ok": True, "result": result}, 200, fault)

    async def _do(self, method: str, raw: Json, *, known: bool) -> Any:
        if not known:
            raise Refusal("Unauthorized", status=401)
        if method not in BY_LOWER_NAME.values():
            raise Refusal("Not Found: method not found", status=404)
        typed = reading.typed(method, raw)
        if method in self._waiting:
            return await self._waiting[method](typed)
        return self._do_now(method, typed)

    def _do_now(self, method: str, typed: Json) -> Any:
        """Nothing waits in here, so every call is done wholly or not at all."""
        chat = self.world.chats.get(chat_of(typed) or 0)
        if chat is not None and not method.startswith("get"):
            self.limits.check_held(chat.id)
            self.limits.check(method, chat)
        result = TABLE[method](self.world, typed)
        if chat is not None:
            self.limits.note(method, chat)
        return result

    async def _get_updates(self, typed: Json) -> Any:
        updates = self.world.updates
        updates.want(typed.get("allowed_updates"))
        offset, limit, seconds = typed.get("offset", 0), typed.get("limit", 100), typed.get("timeout", 0)
        return await updates.poll(offset, limit, seconds)

    async def _webhook_info(self, _: Json) -> Any:
        return self.webhook.info()

    # -- faults ----------------------------------------------------------------------------------------------

    async def _instead(self, request: web.Request, method: str, raw: Json, fault: Fault) -> web.StreamResponse:
        """What happens in place of the work."""
        refusal = self._ordered(fault, chat_of(raw))
        self._note(method, raw, refusal, fault)
        if fault.kind is FaultKind.HANG:
            await fault.let_go.wait()
        if fault.kind in {FaultKind.HANG, FaultKind.RESET}:
            return _cut(request)
        if fault.kind is FaultKind.EMPTY:
            return web.Response(body=b"", content_type="application/json")
        if fault.kind is FaultKind.GATEWAY:
            page = _GATEWAY_PAGE.format(f"{fault.status} Bad Gateway")
            return web.Response(text=page, content_type="text/html", status=fault.status)
        status = 200 if fault.kind is FaultKind.NOT_OK else refusal.status
        return web.json_response(refusal.json(), status=status)

    def _ordered(self, fault: Fault, chat_id: int | None) -> Refusal:
        if fault.kind is FaultKind.FLOOD:
            self.limits.hold(None if fault.everywhere else chat_id, fault.retry_after)
            return too_many(fault.retry_after)
        if fault.kind is FaultKind.UNAUTHORIZED:
            return Refusal("Unauthorized", status=401)
        if fault.kind is FaultKind.NOT_FOUND:
            return Refusal("Not Found", status=404)
        return Refusal(fault.description, status=fault.status, parameters=fault.parameters)

    async def _reply(self, request: web.Request, body: Json, status: int, fault: Fault | None) -> web.StreamResponse:
        text = json.dumps(body)  # in ASCII, as Telegram does, so that a lone surrogate can travel
        if fault is not None and fault.kind is FaultKind.SILENT:
            await fault.let_go.wait()
        if fault is not None and fault.kind in {FaultKind.DROP, FaultKind.SILENT}:
            return _cut(request)
        if fault is not None:
            text = text[: len(text) // 2]
        return web.Response(text=text, status=status, content_type="application/json")

    # -- the log ---------------------------------------------------------------------------------------------

    def _note(self, method: str, raw: Json, outcome: Any, fault: Fault | None) -> None:
        """Write a call down; polls are only counted, by the queue."""
        if method == "getUpdates":
            return
        refusal = outcome if isinstance(outcome, Refusal) else None
        self.log.append(
            Call(
                at=self.world.now(),
                method=method,
                params=shown(method, raw),
                chat_id=chat_of(raw),
                ok=refusal is None,
                status=refusal.status if refusal else 200,
                description=refusal.description if refusal else None,
                result=None if refusal else outcome,
                fault=fault.kind.value if fault else None,
            )
        )
        self.world.bell.ring()


def chat_of(raw: Json) -> int | None:
    """The chat a call is about, when it names one by number."""
    value = raw.get("chat_id")
    try:
        return int(value) if isinstance(value, int | str) else None
    except ValueError:
        return None


def shown(method: str, raw: Json) -> Json:
    """Parameters as the log keeps them: typed where they can be, files by their names."""
    try:
        typed = reading.typed(method, raw) if method in BY_LOWER_NAME.values() else raw
    except Refusal:
        typed = raw
    return {key: value.name if isinstance(value, reading.Upload) else value for key, value in typed.items()}


def _cut(request: web.Request) -> web.Response:
    """Break the connection; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()

"""Faults on order: what the server does instead of answering properly, counted."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.rehearsal.records import Json


class FaultKind(StrEnum):
    """The ways in which a call can go wrong; the comment says whether the work is done."""

    STATUS = "status"  # a refusal with the given status, description and parameters; not done
    FLOOD = "flood"  # 429 with retry_after, and the chat is held back that long; not done
    GATEWAY = "gateway"  # 500, 502, 503 or 504 with a page of HTML, as proxies answer; not done
    TRUNCATED = "truncated"  # done, and the answer breaks off in the middle of the JSON
    EMPTY = "empty"  # 200 with nothing in it; not done
    NOT_OK = "not_ok"  # HTTP 200 around `ok: false`; not done
    DROP = "drop"  # done, and the connection is closed without an answer
    SILENT = "silent"  # done, and no answer comes: the connection stays open until the client gives up
    RESET = "reset"  # the connection is cut before anything is done
    HANG = "hang"  # no answer until released or the client gives up; not done
    UNAUTHORIZED = "unauthorized"  # 401, as after a revoked token; not done
    NOT_FOUND = "not_found"  # 404; not done


DONE_ALL_THE_SAME = frozenset({FaultKind.TRUNCATED, FaultKind.DROP, FaultKind.SILENT})


@dataclass(eq=False)
class Fault:
    """One order: where it strikes, how often, and how often it struck."""

    kind: FaultKind
    method: str = "*"
    chat_id: int | None = None
    times: int | None = 1
    after: int = 0
    status: int = 500
    description: str = "Internal Server Error"
    parameters: Json | None = None
    retry_after: int = 1
    everywhere: bool = False
    injected: int = 0
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let go of the calls that hang."""
        self.let_go.set()

    def strikes(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is meant; skipped calls are counted down by the way."""
        is_meant = self.method == method or (self.method == "*" and method != "getUpdates")
        if not is_meant or self.chat_id not in {None, chat_id} or self.times == self.injected:
            return False
        if self.after:
            self.after -= 1
            return False
        return True


class Chance(Protocol):
    """What strikes by chance rather than on order."""

    def strike(self, method: str, chat_id: int | None, raw: Json) -> Fault | None:
        """The fault this call meets; None when it may pass."""
        ...


class Faults:
    """The orders of one server, asked before each call; what strikes by chance comes after them."""

    def __init__(self) -> None:
        self.weather: Chance | None = None
        self.orders: list[Fault] = []
        self.injected: Counter[str] = Counter()

    def add(
        self,
        kind: FaultKind | str,
        *,
        method: str = "*",
        chat_id: int | None = None,
        times: int | None = 1,
        after: int = 0,
        status: int | None = None,
        description: str | None = None,
        parameters: Json | None = None,
        retry_after: int = 1,
        everywhere: bool = False,
    ) -> Fault:
        """Order a fault for the next `times` calls (None: until cleared), skipping the first `after`.

        `*` means every method but getUpdates, which has to be named. `retry_after` in seconds; with `everywhere`
        a flood holds back all chats and not this one alone.
        """
        kind = FaultKind(kind)
        fault = Fault(kind, method, chat_id, times, after, retry_after=retry_after, everywhere=everywhere)
        fault.status = status or (502 if kind is FaultKind.GATEWAY else 400)
        fault.description = description or "Bad Request: ordered by the script"
        fault.parameters = parameters
        self.orders.append(fault)
        return fault

    def take(self, method: str, chat_id: int | None, raw: Json) -> Fault | None:
        """The fault that strikes this call, counted; None when it may pass."""
        fault = next((fault for fault in self.orders if fault.strikes(method, chat_id)), None)
        if fault is not None:
            fault.injected += 1
        elif self.weather is not None:
            fault = self.weather.strike(method, chat_id, raw)
        if fault is not None:
            self.injected[fault.kind.value] += 1
        return fault

    def clear(self) -> None:
        """No more faults; what hangs is let go."""
        self.weather = None
        for fault in self.orders:
            fault.release()
        self.orders.clear()

"""After many commands a program that has come to rest holds no more than before: no object, no entry, no handle.

By hand: FOCALPOINT_DRAINED=5000 python -m pytest tests/faults/test_baseline.py -s
"""

import gc
import os
import sys
from collections import Counter, deque
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from types import ModuleType

import pytest

from tests.e2e.conftest import kept, resting_bed, server  # noqa: F401 - the whole bot, as the others have it
from tests.faults import promises

COMMANDS = int(os.environ.get("FOCALPOINT_DRAINED", "160"))
WARM = 80
SPARE = 20
"""What one of many may be more; whatever was kept of each command would be `COMMANDS`."""
OURS = ("bot.", "handlers.", "storage.")
NOT_OURS = "bot.rehearsal."
CONTAINERS = (dict, list, set, deque)
CACHED = type(lru_cache(str))
WRITERS = ("vte_focal", "vte_trainer", "kmg_focal", "kmg_trainer")


def is_ours(name):
    return name.startswith(OURS) and not name.startswith(NOT_OURS)


def modules():
    return [module for name, module in list(sys.modules.items()) if is_ours(name)]


def objects():
    """Whatever is alive of our own classes."""
    return [each for each in gc.get_objects() if is_ours(str(getattr(type(each), "__module__", "")))]


def fields(each):
    """What an object or a module holds by name."""
    named = dict(getattr(each, "__dict__", {}))
    for kind in type(each).__mro__:
        for name in getattr(kind, "__slots__", ()):
            if hasattr(each, name):
                named[name] = getattr(each, name)
    return named


def entries(value, deep=3):
    """How many entries a container has, with those of the containers in it."""
    inner = value.values() if isinstance(value, Mapping) else value
    below = sum(entries(each, deep - 1) for each in list(inner) if isinstance(each, CONTAINERS)) if deep else 0
    return len(value) + below


def alive(program):
    """How much there is of everything: objects by class, entries by who holds them, answers that are remembered."""
    gc.collect()
    ours = objects()
    found = Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in ours)
    for holder in [*ours, *modules()]:
        name = holder.__name__ if isinstance(holder, ModuleType) else type(holder).__qualname__
        for field, value in fields(holder).items():
            if isinstance(value, CONTAINERS):
                found[f"entries of {name}.{field}"] += entries(value)
            elif isinstance(value, CACHED) and value.cache_info().maxsize is None:
                found[f"answers of {name}.{field}"] += value.cache_info().currsize
    for session in program.database._going_on:
        found["entries of the session that goes on"] += entries(session.info)
        found["rows of the session that goes on"] += len(session.sync_session.identity_map)
    found["descriptors"], found["threads"] = promises.held()
    return found


async def commands(bed, first, last):
    for number in range(first, last, len(WRITERS)):
        for place, who in enumerate(WRITERS):
            bed.cast[who].writes_private(f"/task Point {number + place} @kmg_focal by 20 April")
        await bed.settle()
        await bed.hears("kmg_focal", f"/done T{number + 1}", private=True)
        await bed.hears("vte_focal", f"/find Point {number}", private=True)


async def at_rest(bed):
    """What is kept for a minute is not kept any more."""
    for _ in range(3):
        await bed.at(bed.clock.now() + timedelta(minutes=2))
    await bed.hears("coordinator", "/status", private=True)
    return alive(bed.program)


@pytest.mark.timeout(3600)
async def test_at_rest_it_holds_what_it_held_before(resting_bed):  # noqa: F811
    bed = resting_bed
    bed.server.limits.enabled = False
    async with bed.started():
        await commands(bed, 0, WARM)
        before = await at_rest(bed)
        await commands(bed, WARM, WARM + COMMANDS)
        after = await at_rest(bed)
    more = after - before
    sys.stdout.write(f"\n{COMMANDS} commands: {before.total()} before, {after.total()} after, more of {dict(more)}\n")
    assert {name: number for name, number in more.items() if number > SPARE} == {}

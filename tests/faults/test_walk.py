"""A walk by chance through everything people, Telegram and time can do, and what has to be true after every step.

One integer makes a walk. By hand: FOCALPOINT_STEPS=5000 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_walk.py -s
"""

import os
import sys
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest
from sqlmodel import select

from bot.counts import Counts
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.people import NotPossible
from bot.rehearsal.weather import UNSURE
from storage import invariants, journal
from storage.kinds import InboxState, OutboxState
from storage.tables import Bundle, Inbox, Outbox, Task
from tests.e2e.conftest import CAST, TOKEN, kept, resting_bed  # noqa: F401 - the whole bot, as the others have it
from tests.e2e.leftovers import found, left
from tests.e2e.neighbours import NEIGHBOURS, move_in
from tests.e2e.wrong_clocks import server  # noqa: F401 - its time is true, the bot's clock may be wrong
from tests.faults import promises
from tests.faults.cards import answered
from tests.faults.figures import agree
from tests.faults.promises import CODE, TALK

STEPS = int(os.environ.get("FOCALPOINT_STEPS", "120"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261127"))
USERNAMES = {key: username for key, (_, username, *_) in (CAST | NEIGHBOURS).items() if username}
ABROAD = 0.1
"""How often a task is given to whomever, also to somebody of the other group."""
ASKS = (
    "/status", "/tasks", "/decisions", "/help", "/who", "/find Point", TALK, "/done", "/t1", "/d1", "/cancel"
)  # fmt: skip
MINUTE = timedelta(minutes=1)
DRIFTS = (*(timedelta(0),) * 4, *(MINUTE * sign * size for sign in (1, -1) for size in (0.5, 3, 90, 1440)))
"""How far ahead of Telegram's the clock may be set."""
HARMLESS = (FaultKind.GATEWAY, FaultKind.NOT_OK, FaultKind.FLOOD, *sorted(UNSURE))
OF_A_CHAT = ("sendMessage", "editMessageText")
METHODS = (*OF_A_CHAT, "answerCallbackQuery")
SPARE = 16
"""File descriptors and threads that pools may have opened since; of a connection both ends are here."""
EVERY = 10
"""After so many steps also the slow questions are asked."""


@dataclass
class Walk:
    """One bot, its people, and what they did."""

    bed: object
    chance: Random
    stack: AsyncExitStack
    other: object
    """The group of the neighbours, which hears nothing of the first, nor the first of it."""
    first: int
    """The number of the first update of this walk."""
    said_in: dict[str, str] = field(default_factory=dict)
    """Which words were said in which group."""
    asked: list[str] = field(default_factory=list)
    written: list[tuple[str, object]] = field(default_factory=list)
    out: dict[str, int] = field(default_factory=dict)
    """Who is out of the group, and how long the log was when the bot had heard of it."""
    done: Counter[str] = field(default_factory=Counter)
    counts: list[Counts] = field(default_factory=list)
    """What each life of the program counted."""

    async def starts(self):
        program = await self.stack.enter_async_context(self.bed.started())
        self.counts.append(program.counts)

    async def step(self):
        """One thing happens, and the bot comes to rest."""
        act = self.chance.choice(
            (self.gives, self.gives, self.proposes, self.asks, self.presses, self.presses, self.presses, self.edits,
             self.repeats, self.leaves, self.blocks, self.waits, self.waits, self.fails, self.fails, self.restarts,
             self.drifts)
        )  # fmt: skip
        try:
            happened = await act()
        except NotPossible:  # the app would not let him
            happened = False
        if happened is not False:
            self.done[act.__name__] += 1
        await self.bed.settle()
        for who in [who for who, mark in self.out.items() if mark < 0]:
            self.out[who] = len(self.bed.server.log)

    def somebody(self):
        return self.chance.choice([*CAST, *NEIGHBOURS])

    def home(self, who):
        return self.other if who in NEIGHBOURS else self.bed.group

    def _writes(self, who, words):
        person = self.bed.cast[who]
        if self.chance.random() < 0.5:
            self.written.append((who, person.writes_private(words)))
        else:
            self.written.append((who, person.writes(self.home(who), words)))

    def _of(self, who, words):
        """Words by which it is known where they were said."""
        self.said_in[words] = self.home(who).title
        return words

    async def gives(self):
        who = self.somebody()
        point = self._of(who, f"Point {len(self.asked) + 1}")
        near = [key for key in USERNAMES if self.home(key) is self.home(who)]
        whom = USERNAMES[self.chance.choice(list(USERNAMES) if self.chance.random() < ABROAD else near)]
        due = (self.bed.clock.now() + timedelta(days=self.chance.randrange(1, 9))).date()
        self._writes(who, f"/task {point} @{whom} by {due.isoformat()}")
        self.asked.append(point)

    async def proposes(self):
        who = self.somebody()
        place = "hall" if who in NEIGHBOURS else "room"
        self._writes(who, f"/decide We meet in {self._of(who, f'{place} {self.chance.randrange(99)}')}.")

    async def asks(self):
        self._writes(self.somebody(), self.chance.choice(ASKS))

    async def presses(self):
        """A button of one of the newest messages, in the group or in private."""
        who = self.somebody()
        person = self.bed.cast[who]
        said = [*self.bed.said(self.home(who))[-15:], *self.bed.said(person)[-15:]]
        live = [(message, button) for message in said if not message.deleted for row in message.rows for button in row]
        live = [(message, button) for message, button in live if "callback_data" in button]
        if not live:
            return False
        message, button = self.chance.choice(live)
        person.presses(message, button["callback_data"])
        return True

    async def edits(self):
        if not self.written:
            return False
        who, message = self.chance.choice(self.written)
        self.bed.cast[who].edits(message, f"{message.text} again")
        return True

    async def repeats(self):
        updates = self.bed.server.world.updates
        if not updates.all:
            return False
        updates.repeat(self.chance.choice(updates.all[-20:])["update_id"], copies=self.chance.randrange(1, 4))
        return True

    async def leaves(self):
        """Out of the Telegram group, or back into it."""
        who = self.chance.choice(("vte_trainer", "kmg_trainer"))
        person = self.bed.cast[who]
        if self.bed.group.status_of(person) in {"member", "administrator"}:
            person.leaves(self.bed.group)
            self.out[who] = -1
        else:
            person.joins(self.bed.group)
            self.out.pop(who, None)

    async def blocks(self):
        person = self.bed.cast[self.somebody()]
        person.unblocks_bot() if person.blocked else person.blocks_bot()

    async def waits(self):
        await self.bed.at(self.bed.clock.now() + MINUTE * self.chance.choice((1, 60, 300, 900, 1500)))

    async def fails(self):
        """The next calls meet a fault."""
        method, wait, kind = self.chance.choice(METHODS), self.chance.randrange(1, 90), self.chance.choice(HARMLESS)
        if kind is FaultKind.FLOOD and method not in OF_A_CHAT:
            method = OF_A_CHAT[0]  # of no chat, it would hold them all, and with them what is on its way already
        self.bed.server.faults.add(kind, method=method, retry_after=wait)

    async def drifts(self):
        """The wall clock of the bot's computer is set wrong, or right again; set over a hold it would end that."""
        if self.bed.server.limits.holds:
            return False
        self.bed.clock.ahead = self.chance.choice(DRIFTS)
        await self.bed.program.upkeep.clock_watch.look()
        return True

    async def restarts(self):
        await self.stack.aclose()
        await self.starts()

    # -- what has to be true ---------------------------------------------------------------------------------

    def sent(self):
        return [call for call in self.bed.server.log if call.ok and call.method == "sendMessage"]

    async def rows(self, query):
        async with self.bed.program.database.reading() as session:
            return list((await session.exec(query)).all())

    async def quick(self):
        """What is asked after every step."""
        records = Counter(await self.rows(select(Task.text)))
        assert max(records.values(), default=1) == 1, "a command has one record"
        assert answered(self.bed.server) <= set(records), "what was acknowledged is recorded"
        assert await self.rows(select(Inbox.raw).where(Inbox.state == InboxState.DEAD)) == [], "nothing was set aside"
        assert self.bed.server.limits.early_calls == 0, "nothing was sent before its time"
        for who, mark in self.out.items():
            late = [call for call in self.bed.server.log[mark:] if call.chat_id == self.bed.cast[who].id and call.ok]
            late = [call for call in late if mark >= 0 and CODE.search(str(call.params.get("text")))]
            assert late == [], f"{who} is out of the group and heard of it"

    async def slow(self):
        """What is asked now and then: the records agree with each other, and with what was said."""
        database, telegram = self.bed.program.database, self.bed.server
        async with database.reading() as session:
            assert await invariants.violations(session) == []
            assert await journal.first_fault(session) is None
        promises.the_file_is_sound(database)
        await promises.what_was_confirmed_is_kept(database, telegram, self.first)
        await promises.every_change_was_allowed(database, telegram)
        promises.nobody_hears_of_another_group(telegram, self.said_in, self._readers())

    def _readers(self):
        rooms = {group.title: {group.id} for group in (self.bed.group, self.other)}
        for who in (*CAST, *NEIGHBOURS):
            rooms[self.home(who).title].add(self.bed.cast[who].id)
        return rooms

    async def at_rest(self):
        """When no fault is left: everything is said, and every reminder that was not taken back was read."""
        self.bed.server.faults.clear()
        self.bed.clock.ahead = timedelta(0)
        await self.bed.program.upkeep.clock_watch.look()
        for _ in range(12):
            await self.bed.at(self.bed.clock.now() + MINUTE)
        owed = (OutboxState.PENDING, OutboxState.CLAIMED)
        now = self.bed.clock.now()
        waiting = await self.rows(select(Outbox.key).where(Outbox.state.in_(owed), Outbox.not_before <= now))
        assert waiting == [], "nothing is owed"
        sent = select(Bundle.code).join(Outbox, Outbox.key == Bundle.outbox_key).where(Outbox.state == OutboxState.SENT)
        said = {code[1] for call in self.sent() if (code := CODE.search(str(call.params["text"])))}
        assert set(await self.rows(sent)) <= said, "what counts as said was said"
        await promises.what_came_twice_was_in_flight(self.bed.program.database, self.bed.server)
        assert set(await self.rows(select(Task.text))) <= answered(self.bed.server), "every record was answered"

    async def forgotten(self, who):
        """Of whoever asks to be forgotten after all that, no byte of name and username is left in the file."""
        person, group = self.bed.cast[who], self.bed.group
        if person.blocked:
            person.unblocks_bot()
        if group.status_of(person) not in {"member", "administrator"}:
            person.joins(group)
        name, username = CAST[who][:2]
        database = self.bed.program.database
        assert found([name], await left(database)), "this is what would be left"
        await self.bed.hears(who, "/forgetme", private=True)
        await self.bed.presses(who, self.bed.said(person)[-1], "Forget me")
        await self.bed.at(self.bed.clock.now() + timedelta(days=1))
        await self.bed.program.upkeep.shorten_log()
        assert found([name, username], await left(database)) == []


@pytest.mark.timeout(36000)
async def test_whatever_happens_the_promises_hold(resting_bed, caplog):  # noqa: F811
    async with AsyncExitStack() as stack:
        walk = Walk(
            resting_bed, Random(SEED), stack, await move_in(resting_bed), resting_bed.server.world.updates.next_id
        )
        await walk.starts()
        resting_bed.group.promotes(resting_bed.server.world.bot)
        await resting_bed.settle()
        at_first = promises.held()
        for number in range(STEPS):
            await walk.step()
            await walk.quick()
            if number % EVERY == 0:
                await walk.slow()
        await walk.at_rest()
        await walk.slow()
        agree(resting_bed, walk.counts)
        await walk.forgotten("vte_alternate")
        at_the_end = promises.held()
        records, said = await walk.rows(select(Task.text)), walk.sent()
    words = "".join(record.getMessage() for record in caplog.records) + str([call.params for call in said])
    sys.stdout.write(
        f"\nseed {SEED}: {STEPS} steps {dict(walk.done)}, {len(records)} of {len(walk.asked)} points recorded, "
        f"{len(said)} messages, faults {dict(resting_bed.server.faults.injected)}\n"
    )
    assert [more for less, more in zip(at_first, at_the_end, strict=True) if more > less + SPARE] == [], "nothing leaks"
    assert TOKEN.partition(":")[2] not in words, "no secret is said or logged"
    assert [record.getMessage() for record in caplog.records if record.exc_info] == [], (
        "nothing fell to the last resort"
    )
    assert set(walk.done) == {
        "gives", "proposes", "asks", "presses", "edits", "repeats", "leaves", "blocks", "waits", "fails", "restarts",
        "drifts"
    }, "a walk on which something never happened proves less"  # fmt: skip
    assert len(records) > len(walk.asked) / 2

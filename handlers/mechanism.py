"""The group's rules: read by everybody, changed by a coordinator's buttons, proposed by a focal point."""

from functools import partial

from handlers import journalling
from handlers.decision_settling import ask_wordings, unask_wordings
from handlers.permission import can, may
from handlers.refusals import PatternUnread, StaleButton
from handlers.reply import Answer, Edit, Effect, Post, Private, Reply, says
from handlers.request import Request
from handlers.rules import mechanism as rules
from handlers.rules.ladder import Ladder
from handlers.rules.languages import ALTERNATING, all_spoken
from handlers.rules.mechanism import PRESETS, Rule
from handlers.rules.rights import Act, Grant
from handlers.views import mechanism as views
from handlers.views.mechanism import MechanismFacts
from storage import dialogues, groups, nudges, people
from storage.kinds import Subject
from storage.tables import Mechanism, Side


async def show(request: Request) -> Reply:
    """/mechanism: the rules in words, with buttons for who may change or propose a change."""
    await may(request, Act.READ_MECHANISM)
    return says(Answer(partial(views.rules, await _facts(request))))


async def back(request: Request) -> Reply:
    """From a rule back to all of them."""
    await may(request, Act.READ_MECHANISM)
    return says(Edit(partial(views.rules, await _facts(request))))


async def choose(request: Request) -> Reply:
    """One rule with what can be chosen for it."""
    await may(request, Act.CHANGE_MECHANISM)
    rule, side_id = await _meant(request)
    values = PRESETS[rule]
    if rule is Rule.LANGUAGE_ORDER:
        row = await groups.mechanism(request.session, request.here().id)
        values = (ALTERNATING, *all_spoken(row.languages))
    return says(Edit(partial(views.choices, request.here().id, rule, side_id, values)))


async def ask(request: Request) -> Reply:
    """A rule of one's own: typed."""
    await may(request, Act.CHANGE_MECHANISM)
    rule, side_id = await _meant(request)
    key = f"ask:{request.heard.update_id}"
    await dialogues.ask(
        request.session,
        person_id=request.person.id,
        chat_id=request.heard.chat_id,
        thread_id=request.heard.thread_id,
        kind="mechanism.typed",
        args={"group": request.here().id, "rule": rule, "side": side_id},
        group_id=request.here().id,
        prompt_key=key,
        at=request.now,
    )
    return says(Answer(partial(views.question, rule, PRESETS[rule][0]), key=key))


async def chosen(request: Request) -> Reply:
    """A value was pressed: a coordinator's counts, a focal point's is a proposal to the coordinator."""
    return await _wanted(request, str(request.args.get("value", "")), typed=False)


async def typed(request: Request) -> Reply:
    """A value was typed. Raises PatternUnread."""
    return await _wanted(request, request.words, typed=True)


async def _wanted(request: Request, value: str, *, typed: bool) -> Reply:
    grant = await may(request, Act.CHANGE_MECHANISM)
    rule, side_id = await _meant(request)
    try:
        read = rules.read(rule, value)
    except ValueError as error:
        raise PatternUnread(text=value, example=PRESETS[rule][0]) from error
    if grant is Grant.PROPOSES:
        return await _propose(request, rule, side_id, read, typed=typed)
    then = await _set(request, rule, side_id, read)
    facts = await _facts(request)
    own = Answer(partial(views.rules, facts)) if typed else Edit(partial(views.rules, facts))
    side = next((side.name for side in facts.sides if side.id == side_id), "")
    return says(own, Post(request.here().id, partial(views.changed, rule, side, read)), *then)


async def _propose(request: Request, rule: Rule, side_id: int, value: str, *, typed: bool) -> Reply:
    group = request.here()
    view = partial(views.proposal, group.name, group.id, request.person.name, rule, side_id, value)
    told = [Private(p.id, view, group_id=group.id) for _, p in await people.coordinators(request.session, group.id)]
    own = Answer(views.proposed) if typed else Edit(views.proposed)
    return says(own, *told)


async def _set(request: Request, rule: Rule, side_id: int, value: str) -> tuple[Effect, ...]:
    """Write the rule down; what follows from it at once."""
    group = request.here()
    row = await groups.mechanism(request.session, group.id)
    side = await request.session.get(Side, side_id) if rule is Rule.WEEK else None
    before = _value(row, rule, side)
    _write(row, rule, side, value)
    row.version += 1
    request.session.add(row)
    was = {"rule": rule, "side": side_id, "value": before}
    now = {"rule": rule, "side": side_id, "value": value}
    await journalling.write(request, Subject.MECHANISM, group.id, "mechanism changed", before=was, after=now)
    await nudges.look_at_all(request.session, group.id, request.now)
    return await _follow(request, rule, value)


async def _follow(request: Request, rule: Rule, value: str) -> tuple[Effect, ...]:
    """What both sides agreed is agreed as soon as no wording is asked for any more."""
    if rule is not Rule.WORDINGS:
        return ()
    return await (unask_wordings if value == "no" else ask_wordings)(request)


def _write(row: Mechanism, rule: Rule, side: Side | None, value: str) -> None:
    match rule:
        case Rule.LADDER:
            row.ladder = value
        case Rule.DIGEST:
            row.digest_weekday, row.digest_hour = rules.read_digest(value)
        case Rule.QUIET:
            row.quiet = value
        case Rule.ANSWER_DAYS:
            row.answer_days = int(value)
        case Rule.ON_BEHALF:
            row.on_behalf = value == "yes"
        case Rule.WORDINGS:
            row.wordings = value == "yes"
        case Rule.COUNTERSIGN:
            row.countersign = value == "yes"
        case Rule.LANGUAGE_ORDER:
            row.language_order = value
        case Rule.WEEK if side is not None:
            side.week = value


def _value(row: Mechanism, rule: Rule, side: Side | None) -> str:
    values = {
        Rule.LADDER: row.ladder,
        Rule.DIGEST: f"{row.digest_weekday} {row.digest_hour}",
        Rule.QUIET: row.quiet,
        Rule.ANSWER_DAYS: str(row.answer_days),
        Rule.ON_BEHALF: "yes" if row.on_behalf else "no",
        Rule.WORDINGS: "yes" if row.wordings else "no",
        Rule.COUNTERSIGN: "yes" if row.countersign else "no",
        Rule.LANGUAGE_ORDER: row.language_order,
        Rule.WEEK: "" if side is None else side.week,
    }
    return values[rule]


async def _meant(request: Request) -> tuple[Rule, int]:
    """The rule of the button and, for working hours, a side of this group. Raises StaleButton."""
    rule, side_id = Rule(request.args["rule"]), int(request.args.get("side", 0))
    ids = {side.id for side in await groups.sides(request.session, request.here().id)}
    if rule is Rule.WEEK and side_id not in ids:
        raise StaleButton
    return rule, side_id


async def _facts(request: Request) -> MechanismFacts:
    group = request.here()
    row = await groups.mechanism(request.session, group.id)
    return MechanismFacts(
        group_id=group.id,
        group=group.name,
        ladder=Ladder.parse(row.ladder).rungs,
        answer_days=row.answer_days,
        digest_weekday=row.digest_weekday,
        digest_hour=row.digest_hour,
        quiet=row.quiet,
        catch_up_days=row.catch_up_days,
        on_behalf=row.on_behalf,
        wordings=row.wordings,
        countersign=row.countersign,
        languages=tuple(all_spoken(row.languages)),
        language_order=row.language_order,
        sides=tuple(await groups.sides(request.session, group.id)),
        may_change=await can(request, Act.CHANGE_MECHANISM),
    )

"""What is known of a decision's wordings: which there are, who confirmed them, and whose is missing."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.rules import wordings as rules
from handlers.rules.states import OPEN_DECISIONS, awaited_wordings
from handlers.views.decision_texts import ConfirmedFacts, TextFacts, WordingFacts
from storage import decision_texts, decisions, groups, people
from storage.tables import Decision, DecisionText, Side, TextConfirmation


async def gather(session: AsyncSession, decision: Decision, sides: Sequence[Side]) -> WordingFacts:
    """What the card of a decision shows of its wordings."""
    texts = (await decision_texts.standing(session, [decision.id]))[decision.id]
    confirmed = await decision_texts.confirmations(session, [text.id for text in texts.values()])
    waits_for = (await awaited_names(session, decision.group_id, [decision])).get(decision.id, ())
    original = rules.named(decision.language)
    wanted = [language for language in rules.each_named(side.language for side in sides) if language != original]
    return WordingFacts(
        original=original,
        texts=tuple([await _text(session, text, confirmed[text.id], sides) for text in texts.values()]),
        unwritten=tuple(language for language in wanted if language not in texts),
        awaited=waits_for,
    )


async def _text(
    session: AsyncSession, text: DecisionText, confirmed: Mapping[int, TextConfirmation], sides: Sequence[Side]
) -> TextFacts:
    own = sides_of(text.language, sides)
    return TextFacts(
        id=text.id,
        language=text.language,
        text=text.text,
        later=text.later,
        confirmed=tuple([await _confirmed(session, side, confirmed[side.id]) for side in own if side.id in confirmed]),
        unconfirmed=tuple(side.name for side in own if side.id not in confirmed),
    )


async def _confirmed(session: AsyncSession, side: Side, row: TextConfirmation) -> ConfirmedFacts:
    if row.recorded_by is None:
        return ConfirmedFacts(row.id, side.name)
    person, recorder = await people.get(session, row.person_id), await people.get(session, row.recorded_by)
    return ConfirmedFacts(row.id, side.name, person.name, recorder.name, row.evidence)


def sides_of(language: str, sides: Sequence[Side]) -> list[Side]:
    """The sides whose own language it is."""
    return [side for side in sides if rules.named(side.language) == language]


async def others(session: AsyncSession, ids: Collection[int]) -> dict[int, dict[str, str]]:
    """The texts beside the original, by the decision's id and language."""
    found = await decision_texts.standing(session, ids)
    return {decision_id: {language: row.text for language, row in rows.items()} for decision_id, rows in found.items()}


async def awaited(session: AsyncSession, group_id: int, found: Sequence[Decision]) -> dict[int, list[Side]]:
    """The open decisions to which every side agreed, by id, with the sides whose wording is all they wait for."""
    still_open = [decision for decision in found if decision.state in OPEN_DECISIONS]
    given = await decisions.standing(session, [decision.id for decision in still_open])
    unworded = await missing(session, group_id, still_open)
    ids = [side.id for side in await groups.sides(session, group_id)]
    waits: dict[int, list[Side]] = {}
    for decision_id, sides in unworded.items():
        answers = {side_id: answer.verdict for side_id, answer in given[decision_id].items()}
        if awaited_wordings(ids, answers, [side.id for side in sides]):
            waits[decision_id] = sides
    return waits


async def awaited_names(session: AsyncSession, group_id: int, found: Sequence[Decision]) -> dict[int, tuple[str, ...]]:
    """The same by the names of the sides."""
    waits = await awaited(session, group_id, found)
    return {decision_id: tuple(side.name for side in sides) for decision_id, sides in waits.items()}


async def missing(session: AsyncSession, group_id: int, found: Sequence[Decision]) -> dict[int, list[Side]]:
    """The sides of which the group asks a confirmed wording that is not there, by the decision's id.

    Nobody is asked by a group whose rules do not ask for wordings.
    """
    if not (await groups.mechanism(session, group_id)).wordings:
        return {decision.id: [] for decision in found}
    sides = await groups.sides(session, group_id)
    texts = await decision_texts.standing(session, [decision.id for decision in found])
    ids = [text.id for by_language in texts.values() for text in by_language.values()]
    confirmed = await decision_texts.confirmations(session, ids)
    return {decision.id: _missing(decision, sides, texts[decision.id], confirmed) for decision in found}


def _missing(
    decision: Decision,
    sides: Sequence[Side],
    texts: Mapping[str, DecisionText],
    confirmed: Mapping[int, Mapping[int, TextConfirmation]],
) -> list[Side]:
    by_language = {language: set(confirmed[text.id]) for language, text in texts.items()}
    original = rules.named(decision.language)
    ids = rules.missing({side.id: side.language for side in sides}, original, by_language)
    return [side for side in sides if side.id in ids]

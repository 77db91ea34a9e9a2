"""An answer that a coordinator writes down for somebody, step by step: the same to a decision and to minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.asking import ask
from handlers.decision_answers import REASON_LIMIT
from handlers.decision_speakers import Speaker, chosen
from handlers.permission import may
from handlers.refusals import NobodyToRecordFor, NothingWritten, ReasonNeeded, StaleButton
from handlers.reply import Answer, Edit, Private, Reply, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.said import for_another
from handlers.views import decision_records as views
from handlers.views.decision_records import RecordRoutes
from handlers.words import kept
from storage.kinds import Verdict
from storage.tables import Answer as AnswerRow
from storage.tables import MinutesAnswer


@dataclass(frozen=True)
class Recording:
    """What is answered and by whom it can be; `args` are carried from step to step, `text` is shown to the person."""

    name: str
    text: str
    speakers: Sequence[Speaker]
    args: dict[str, Any]
    routes: RecordRoutes


def ask_person(what: Recording, wordings: Sequence[tuple[int, int, str, str]] = ()) -> Reply:
    """Offers those who speak for a side that did not speak itself, and the wordings that can be confirmed for one."""
    found = [(person.id, person.name, side.name) for side, (_, person) in what.speakers]
    if not found and not wordings:
        raise NobodyToRecordFor(name=what.name)
    return says(Answer(views.choose_person(what.name, found, wordings, what.args, what.routes)))


def ask_verdict(request: Request, what: Recording) -> Reply:
    """The person is chosen: asks whether he agrees or objects."""
    side, (_, person) = chosen(request, what.speakers)
    args = {**what.args, "person": person.id}
    return says(Edit(views.choose_verdict(what.name, person.name, side.name, args, what.routes)))


async def ask_reason(request: Request, what: Recording) -> Reply:
    """The verdict is chosen: asks for the reason of an objection, or at once for the evidence."""
    _, (_, person) = chosen(request, what.speakers)
    if Verdict(request.args["verdict"]) is Verdict.AGREE:
        return await _ask_evidence(request, what, verdict=Verdict.AGREE.value)
    view = views.ask_reason(what.name, person.name)
    return await ask(request, kind=what.routes.reason, view=view, args={**what.args, "person": person.id})


async def ask_evidence(request: Request, what: Recording) -> Reply:
    """The reason of somebody's objection was typed: asks for the evidence."""
    reason = kept(request.words, REASON_LIMIT, ReasonNeeded(command="object"))
    return await _ask_evidence(request, what, verdict=Verdict.OBJECT.value, reason=reason)


async def _ask_evidence(request: Request, what: Recording, **said: str) -> Reply:
    _, (_, person) = chosen(request, what.speakers)
    view = views.ask_evidence(what.name, person.name)
    return await ask(request, kind=what.routes.evidence, view=view, args={**what.args, "person": person.id, **said})


def written(request: Request) -> dict[str, Any]:
    """What a row of an answer says once the evidence was typed, beside whose it is. Raises NothingWritten."""
    evidence = kept(request.words, REASON_LIMIT, NothingWritten(command="evidence"))
    args = request.args
    return for_another(request, Verdict(args["verdict"]), evidence=evidence, reason=args.get("reason", ""))


async def contestable(request: Request, answer: AnswerRow | MinutesAnswer) -> None:
    """Raises StaleButton or NotYours unless the asker may say that this was recorded for him and was not so."""
    if answer.recorded_by is None:
        raise StaleButton
    await may(request, Act.CONTEST_ANSWER, owners={answer.person_id})
    if answer.contested_at is not None:
        raise StaleButton


def told(request: Request, what: Recording, answer: AnswerRow | MinutesAnswer) -> Private:
    """What the person hears for whom it was recorded, with the button that contests it."""
    facts = views.NoticeFacts(
        decision=what.name,
        text=what.text,
        group=request.here().name,
        recorder=request.person.name,
        verdict=answer.verdict,
        reason=answer.reason,
        evidence=answer.evidence,
        press=what.routes.contest,
        minutes=isinstance(answer, MinutesAnswer),
        args={"id": what.args["id"], "group": what.args["group"], "answer": answer.id, "notice": 1},
    )
    return Private(
        answer.person_id,
        views.notice(facts),
        group_id=request.here().id,
        key=f"{'minutes ' if facts.minutes else ''}recorded:{answer.id}",
        otherwise=views.notice_in_group(facts),
    )

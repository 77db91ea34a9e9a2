"""Writing a decision's text in one more language, and confirming the wording of the own side."""

from handlers.decision_settling import reconsider
from handlers.decision_steps import acknowledged, ask, meant, place_in_list
from handlers.decision_text_facts import sides_of
from handlers.decisions import TEXT_LIMIT, named
from handlers.permission import can, may
from handlers.refusals import (
    NoSuchChoice,
    NothingWritten,
    NotNow,
    NotYours,
    OriginalStays,
    OtherLanguage,
    StaleButton,
    WordingStands,
)
from handlers.reply import Edit, Effect, Reply, says
from handlers.request import Request
from handlers.rules import text as texts
from handlers.rules import wordings as rules
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.languages import SPOKEN
from handlers.rules.names import decision_name
from handlers.rules.rights import Act
from handlers.rules.states import REPLACEABLE
from handlers.views import decision_texts as views
from handlers.views.language import own_name
from handlers.words import kept
from storage import decision_texts, dialogues, groups
from storage.kinds import DecisionState
from storage.tables import Decision, DecisionText, Side

LANGUAGE_ASKED = "decision.text_language"
"""The question that keeps the words until their language is known."""


async def write(request: Request) -> Reply:
    """/text D3 WORDS, or /text D3 as a reply: one more wording. Asks the language where the letters do not tell it."""
    request.here()
    await may(request, Act.WRITE_WORDING)
    name, *rest = request.words.split(maxsplit=1) or [""]
    if not name:
        raise NothingWritten(command="text")
    decision = await named(request, name)
    words = _kept("".join(rest) or _quoted(request))
    languages = rules.fitting(words, await _languages(request, decision))
    if not languages:
        raise OriginalStays(name=decision_name(decision.number), language=rules.named(decision.language))
    if len(languages) == 1:
        return await _written(request, decision, languages[0], words)
    args = {"id": decision.id, "group": decision.group_id}
    view = views.ask_language(decision_name(decision.number), languages, args)
    return await ask(request, decision, kind=LANGUAGE_ASKED, view=view, words=words, languages=languages)


async def ask_text(request: Request) -> Reply:
    """[Wording in …]: asks for the words."""
    decision = await meant(request)
    await may(request, Act.WRITE_WORDING)
    _may_be_worded(decision)
    language = request.args["language"]
    view = views.ask(decision_name(decision.number), language)
    return await ask(request, decision, kind="decision.text", view=view, language=language)


async def typed(request: Request) -> Reply:
    """The words were typed. Raises OtherLanguage where their letters are of another one."""
    decision = await meant(request)
    await may(request, Act.WRITE_WORDING)
    language, words = request.args["language"], _kept(request.words)
    if not rules.fitting(words, [language]):
        raise OtherLanguage(language=language)
    return await _written(request, decision, language, words)


async def in_language(request: Request) -> Reply:
    """The language of words that were written before is pressed; nobody but their author knows them."""
    decision = await meant(request)
    await may(request, Act.WRITE_WORDING)
    asked = await dialogues.open_with(request.session, request.person.id, request.heard.chat_id, request.now)
    language = request.args["language"]
    if asked is None or asked.kind != LANGUAGE_ASKED or asked.args["id"] != decision.id:
        raise StaleButton
    if language not in asked.args["languages"]:
        raise StaleButton
    words = asked.args["words"]
    await dialogues.end(request.session, request.person.id, request.heard.chat_id)
    reply = await _written(request, decision, language, words)
    return reply.and_then(Edit(views.written(decision_name(decision.number), language)))


async def language_typed(request: Request) -> Reply:
    """The language is typed instead of pressed: by what it calls itself. Raises NoSuchChoice."""
    decision = await meant(request)
    await may(request, Act.WRITE_WORDING)
    names = {own_name(language): language for language in request.args["languages"]}
    wanted = texts.searchable(request.words)
    found = [language for name, language in names.items() if wanted in (texts.searchable(name), language.casefold())]
    if not found:
        raise NoSuchChoice(command="text", choices=tuple(names))
    return await _written(request, decision, found[0], request.args["words"])


async def confirm(request: Request) -> Reply:
    """[Confirm …]: the presser's side says that the wording in its language is its own."""
    decision = await meant(request)
    wording = await decision_texts.get(request.session, request.args["text"])
    if wording is None or wording.decision_id != decision.id:
        raise StaleButton
    side = await _voice(request, wording)
    standing = (await decision_texts.standing(request.session, [decision.id]))[decision.id]
    if standing[wording.language].id != wording.id or decision.state not in REPLACEABLE:
        raise StaleButton  # nobody confirms words he did not see
    said = views.confirmed(decision_name(decision.number), wording.language)
    given = (await decision_texts.confirmations(request.session, [wording.id]))[wording.id]
    effects = () if side.id in given else await _confirm(request, decision, wording, side)
    return await acknowledged(request, decision, said, *effects)


async def whole(request: Request) -> Reply:
    """[Whole text]: one wording in full, in place of the card."""
    request.here()
    await may(request, Act.SEE)
    decision = await meant(request)
    standing = (await decision_texts.standing(request.session, [decision.id]))[decision.id]
    known = [
        (rules.named(decision.language), decision.text),
        *((each.language, each.text) for each in standing.values()),
    ]
    language = request.args.get("language", known[0][0])
    args = {"id": decision.id, "group": decision.group_id, **(place_in_list(request) or {})}
    return says(Edit(views.whole(decision_name(decision.number), known, language, args)))


def _quoted(request: Request) -> str:
    """The words of the message replied to; the bot's own are no wording."""
    quoted = request.heard.reply_to
    return quoted.text if quoted is not None and not quoted.from_this_bot else ""


def _kept(words: str) -> str:
    return kept(words, TEXT_LIMIT, NothingWritten(command="text"))


async def _languages(request: Request, decision: Decision) -> list[str]:
    """The languages a wording can be in: those of the sides and of their support, and what the bot speaks."""
    sides = await groups.sides(request.session, decision.group_id)
    organisation = await groups.organisation(request.session, decision.group_id)
    beside = [organisation.language] if organisation is not None else []
    known = rules.each_named([*(side.language for side in sides), *beside, *SPOKEN])
    return [language for language in known if language != rules.named(decision.language)]


def _may_be_worded(decision: Decision) -> None:
    if decision.state not in REPLACEABLE:
        raise NotNow(name=decision_name(decision.number), state=decision.state)


async def _written(request: Request, decision: Decision, language: str, words: str) -> Reply:
    """Write the wording down; where its author speaks for the side whose language it is, it is confirmed by that."""
    _may_be_worded(decision)
    name = decision_name(decision.number)
    before = (await decision_texts.standing(request.session, [decision.id]))[decision.id].get(language)
    if before is not None and before.text == words:
        return await acknowledged(request, decision, views.written_already(name, language))
    if before is not None:
        await _may_change(request, decision, before)
    wording = await _add(request, decision, language, words)
    effects = await reconsider(
        request, decision, DecisionChange.WORDED, language=language, text=words, wording=wording.id
    )
    for side in await _own_sides(request, decision, language):
        if await can(request, Act.CONFIRM_WORDING, side_id=side.id):
            effects += await _confirm(request, decision, wording, side)
    return await acknowledged(request, decision, views.written(name, language), *effects)


async def _may_change(request: Request, decision: Decision, before: DecisionText) -> None:
    """What a side confirmed, only that side changes, and what was part of an agreement nobody does."""
    confirmed = (await decision_texts.confirmations(request.session, [before.id]))[before.id]
    if not confirmed:
        return
    if decision.state is DecisionState.AGREED and not before.later:
        raise WordingStands(name=decision_name(decision.number), language=before.language)
    own = request.mine().side_id
    await may(request, Act.CHANGE_WORDING, side_id=own if own in confirmed else next(iter(confirmed)))


async def _add(request: Request, decision: Decision, language: str, words: str) -> DecisionText:
    wording = await decision_texts.add(
        request.session,
        decision_id=decision.id,
        language=language,
        text=words,
        by=request.person.id,
        later=decision.state is DecisionState.AGREED,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
    )
    standing = (await decision_texts.standing(request.session, [decision.id]))[decision.id]
    decision.search_text = texts.searchable(decision.text, *(each.text for each in standing.values()))
    request.session.add(decision)
    return wording


async def _own_sides(request: Request, decision: Decision, language: str) -> list[Side]:
    """The asker's side, if the language is its own."""
    member = request.membership
    sides = sides_of(language, await groups.sides(request.session, decision.group_id))
    return [side for side in sides if member is not None and side.id == member.side_id]


async def _voice(request: Request, wording: DecisionText) -> Side:
    """The side the asker speaks for; raises NotYours, also where the language is not its own."""
    side_id = request.mine().side_id
    await may(request, Act.CONFIRM_WORDING, side_id=side_id, asked_at=wording.written_at)
    sides = sides_of(wording.language, await groups.sides(request.session, request.here().id))
    own = [side for side in sides if side.id == side_id]
    if not own:
        raise NotYours(act=Act.CONFIRM_WORDING)
    return own[0]


async def _confirm(request: Request, decision: Decision, wording: DecisionText, side: Side) -> tuple[Effect, ...]:
    await decision_texts.confirm(
        request.session, text_id=wording.id, side_id=side.id, by=request.person.id, at=request.now
    )
    change = DecisionChange.CONFIRMED
    return await reconsider(request, decision, change, language=wording.language, wording=wording.id, side=side.id)

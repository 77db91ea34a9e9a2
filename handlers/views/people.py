"""The list of the people of a group."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules.text import clip
from handlers.voice import Say
from storage.kinds import Role

LABEL = 40
"""UTF-16 units of a name on a button."""
CONFIRMABLE = 8
"""Buttons for those who wait to be confirmed; the next ones come up when these are settled."""
LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")


@dataclass(frozen=True)
class PersonFacts:
    """One line. `reached` says that a private message arrives; `named` that he is to become focal point.

    `city` is where he works until `city_until`, "" at home.
    """

    name: str
    role: Role
    title: str = ""
    away_until: date | None = None
    city: str = ""
    city_until: date | None = None
    reached: bool = True
    named: bool = False


@dataclass(frozen=True)
class PlaceFacts:
    """A side or the supporting organisation ("" where the group has none) with its people, in order."""

    name: str
    institution: str
    people: tuple[PersonFacts, ...]


@dataclass(frozen=True)
class AskingFacts:
    """Somebody who waits for his confirmation; `args` of the button, None for readers who may not confirm."""

    name: str
    place: str
    args: dict[str, Any] | None = None


@dataclass(frozen=True)
class PeopleFacts:
    """The whole list. `private_chat` is a link, "" in the private chat itself."""

    group: str
    group_id: int
    places: tuple[PlaceFacts, ...]
    asking: tuple[AskingFacts, ...] = ()
    invites: bool = False
    private_chat: str = ""


def listed(facts: PeopleFacts) -> View:
    """Everybody by side, and what can be done about it."""

    def view(say: Say) -> Page:
        parts = [say("<b>{group}</b>", group=facts.group)]
        parts += [_place(say, place) for place in facts.places]
        if facts.asking:
            parts.append(_asking(say, facts.asking))
        if facts.private_chat and _unreached(facts):
            parts.append(say("Whoever is marked “no private chat” opens it once, so that I can remind there."))
        return Page(PARAGRAPH.join(parts), _rows(say, facts))

    return view


def _unreached(facts: PeopleFacts) -> bool:
    return any(not person.reached for place in facts.places for person in place.people)


def _place(say: Say, place: PlaceFacts) -> Markup:
    if place.institution:
        title = say("<b>{side}</b> – {institution}", side=place.name, institution=place.institution)
    else:
        title = say("<b>{side}</b>", side=place.name or say("Without a side"))
    lines = [_person(say, person) for person in place.people] or [say("nobody yet")]
    return LINE.join((title, *lines))


def _person(say: Say, person: PersonFacts) -> Markup:
    words = [role_word(say, person.role), Markup("{}").format(person.title)]
    if person.named:
        words.append(say("named focal point, not confirmed yet"))
    if person.away_until is not None:
        words.append(say("away until {day}", day=say.day(person.away_until)))
    if person.city_until is not None:
        words.append(say("in {city} until {day}", city=person.city, day=say.day(person.city_until)))
    if not person.reached:
        words.append(say("no private chat"))
    about = Markup(" · ").join(word for word in words if word)
    return say("• {person} · {about}", person=say.name(person.name), about=about)


def role_word(say: Say, role: Role) -> Markup:
    """What a person is in the group, in words."""
    match role:
        case Role.FOCAL_POINT:
            return say("focal point")
        case Role.ALTERNATE:
            return say("alternate")
        case Role.COORDINATOR:
            return say("coordinator")
        case Role.OBSERVER:
            return say("observer")
        case Role.MEMBER:
            return say("member")


def _asking(say: Say, asking: tuple[AskingFacts, ...]) -> Markup:
    lines = [say("• {person}, for {place}", person=say.name(each.name), place=each.place) for each in asking]
    return LINE.join((say("<b>To be confirmed</b>"), *lines))


def _rows(say: Say, facts: PeopleFacts) -> Rows:
    confirming = [each for each in facts.asking if each.args is not None][:CONFIRMABLE]
    rows = [(_confirm(say, each),) for each in confirming]
    if facts.invites:
        rows.append((Button(say("Invite"), "people.invite", {"group": facts.group_id}),))
    if facts.private_chat and _unreached(facts):
        rows.append((Button(say("Open private chat"), url=facts.private_chat),))
    return tuple(rows)


def _confirm(say: Say, asking: AskingFacts) -> Button:
    # A label is plain text: what was escaped for HTML is taken back.
    label = say("Confirm {person}", person=clip(asking.name, LABEL)).unescape()
    return Button(label, "join.confirm", asking.args or {})

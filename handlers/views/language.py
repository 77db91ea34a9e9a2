"""Choosing the language one reads, and what languages are called."""

from dataclasses import dataclass

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules.languages import OWN_NAMES
from handlers.voice import Say


@dataclass(frozen=True)
class LanguageFacts:
    """The catalogue somebody reads now, and whether he `chose` it. `group_id` 0 is none; in a `room` others read on."""

    language: str
    chose: bool
    group_id: int = 0
    room: bool = False


def choices(facts: LanguageFacts) -> View:
    """The languages by button, and the way back to what Telegram says."""

    def view(say: Say) -> Page:
        back = Button(say("As Telegram says"), "language.choose", _args(facts.group_id, ""))
        return Page(_question(say, facts), (languages(facts.group_id), (back,)))

    return view


def _question(say: Say, facts: LanguageFacts) -> Markup:
    if facts.room:
        return say("In which language shall I write to you? Each of you can press here for himself.")
    name = language_name(say, facts.language)
    if facts.chose:
        return say("I write to you in <b>{language}</b>, as you chose. Which language shall it be?", language=name)
    return say("I write to you in <b>{language}</b>. Which language shall it be?", language=name)


def languages(group_id: int = 0) -> tuple[Button, ...]:
    """A button for each language, called by its own name."""
    return tuple(Button(name, "language.choose", _args(group_id, code)) for code, name in OWN_NAMES.items())


def language_name(say: Say, language: str) -> str:
    """What the reader calls a language, for use inside a sentence; as it stands where nobody knows it."""
    known = {"en": say("English"), "zh_Hans": say("Chinese"), "lo": say("Lao")}
    return str(known[language]) if language in known else _by_babel(say.language, language)


def own_name(language: str) -> str:
    """What a language calls itself: the same for every reader."""
    return OWN_NAMES[language] if language in OWN_NAMES else _by_babel(language, language)


def _by_babel(reader: str, language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language).get_language_name(reader) or language
    except (UnknownLocaleError, ValueError):
        return language


def _args(group_id: int, language: str) -> dict[str, int | str]:
    return {"group": group_id, "language": language} if group_id else {"language": language}


def noted(language: str) -> View:
    """The toast for whoever pressed in a group."""

    def view(say: Say) -> Page:
        return Page(say("I write to you in {language} from now on.", language=language_name(say, language)))

    return view

"""Sentences in one language: looked up in the catalogues, values escaped, dates and lists by Babel."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from handlers.rules.terms import Words, replacing
from handlers.rules.text import isolate
from storage.privacy import FORMER

CATALOGUES = Path(__file__).parent / "catalogues"
DAYS: Mapping[str, tuple[str, str]] = {
    "en": ("EEE d MMM", "EEE d MMM y"),
    "zh_Hans": ("M月d日 EEE", "y年M月d日 EEE"),
    # In full: the short name of the Lao Sunday is the word for a week.
    "lo": ("EEEE d MMMM", "EEEE d MMMM y"),
}
"""How a date with its weekday is written, without and with its year: CLDR patterns that Babel fills in."""
MONTHS: Mapping[str, tuple[str, str]] = {
    "en": ("MMM", "MMMM y"),
    "zh_Hans": ("M月", "y年M月"),
    "lo": ("MMM", "MMMM y"),
}
"""The same for a month. Never by a skeleton: Babel then names months in the language that was asked for first."""
COMMAS: Mapping[str, str] = {"zh_Hans": "、"}
"""What stands between the items of a list that has no "and" in it, where it is no comma and space."""
BEFORE_CLOCK: Mapping[str, str] = {"zh_Hans": " "}
"""What stands between a day and a time of that day, where it is no comma and space."""
_ENDLESS = 10**9
"""A threshold that no number of days reaches, so that Babel never turns 45 days into 2 months."""


class Say:
    """Speaks one language. Values are data, never markup: `say("<b>{title}</b>", title=text)` escapes `text`.

    `words` are what a group says instead of terms of the glossary.
    """

    def __init__(self, language: str, words: Words | None = None) -> None:
        self.language = language
        self._catalogue = _catalogue(language)
        self._own_words = replacing(language, words or {})
        self._has_own_words = bool(words)

    def __call__(self, sentence: str, /, **values: Any) -> Markup:
        """The sentence in this language with its values filled in. Sentences may hold Telegram's HTML."""
        if values or self._has_own_words:
            return _filled(self._own_words(self._catalogue.gettext(sentence)), values)
        return _as_it_is(self.language, sentence)

    def n(self, one: str, many: str, number: int, /, **values: Any) -> Markup:
        """The same with a plural: `{number}` is filled in too."""
        return _filled(self._own_words(self._catalogue.ngettext(one, many, number)), {"number": number, **values})

    def name(self, name: str) -> str:
        """A person's name, kept from turning the text around it; who was forgotten is a former member."""
        say = self
        return isolate(str(say("former member")) if name == FORMER else name)

    def area(self, name: str) -> str:
        """The name of an area: one that travels with the program in this language, any other as it was written."""
        say = self
        known = {
            "Curriculum development": say("Curriculum development"),
            "Training of trainers": say("Training of trainers"),
            "Exchange of trainers": say("Exchange of trainers"),
            "Exchange of trainees": say("Exchange of trainees"),
            "Technical support": say("Technical support"),
        }
        return known.get(name, name)

    def day(self, day: date, *, year: bool = False) -> str:
        """A Gregorian date with its weekday, such as "Mon 20 Apr"."""
        return _day(self.language, day, year)

    def span(self, first: date, last: date) -> tuple[str, str]:
        """Two dates of one stretch; a year that both share stands once, where the language writes it."""
        begins = DAYS[self.language][1].startswith("y")
        several = first.year != last.year
        return self.day(first, year=several or begins), self.day(last, year=several or not begins)

    def month(self, day: date, *, year: bool = False) -> str:
        """The month a day is in, such as "Apr", or in full and with its year "April 2026"."""
        from babel.dates import format_date

        return format_date(day, MONTHS[self.language][year], locale=self.language)

    def days_away(self, day: date, today: date) -> str:
        """How far a day is from another in days: "in 45 days", "3 days ago", "today"; never in weeks or months."""
        from babel.dates import format_timedelta

        say, away = self, day - today
        if not away:
            return str(say("today"))
        return format_timedelta(away, granularity="day", threshold=_ENDLESS, add_direction=True, locale=self.language)

    def number(self, number: float) -> str:
        """A number in Latin digits as this language groups them, such as "1,200"."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self.language, numbering_system="latn")

    def clock(self, instant: datetime, zone: ZoneInfo) -> str:
        """The time of day in a zone, such as "09:05"."""
        return instant.astimezone(zone).strftime("%H:%M")

    def moment(self, instant: datetime, cities: Iterable[tuple[str, ZoneInfo]]) -> Markup:
        """An instant in every city given, as a `date_time` entity whose text old clients show as it is."""
        return Markup('<tg-time unix="{unix}" format="wDt">{text}</tg-time>').format(
            unix=int(instant.timestamp()), text=self.in_cities(instant, cities)
        )

    def in_cities(self, instant: datetime, cities: Iterable[tuple[str, ZoneInfo]]) -> str:
        """The same as plain text, for what is no message: "Mon 20 Apr, 09:05 Vientiane / Mon 20 Apr, 10:05 Kunming"."""
        return " / ".join(
            f"{self.day_at(self.day(instant.astimezone(zone).date()), self.clock(instant, zone))} {city}"
            for city, zone in cities
        )

    def in_full(self, begins: datetime, cities: Iterable[tuple[str, ZoneInfo]], ends: datetime | None = None) -> str:
        """When something was, for papers, each date once: "Mon 20 Apr 2026, 09:05–10:00 Vientiane / 10:05–11:00 …"."""
        parts, last = [], ""
        for city, zone in cities:
            day = self.day(begins.astimezone(zone).date(), year=True)
            clock = self.clock(begins, zone)
            if ends is not None and ends.astimezone(zone).date() == begins.astimezone(zone).date():
                clock += f"–{self.clock(ends, zone)}"
            parts.append(f"{clock if day == last else self.day_at(day, clock)} {city}")
            last = day
        return " / ".join(parts)

    def day_at(self, day: str, clock: str) -> str:
        """A day with a time of it, such as "Mon 20 Apr, 09:05"."""
        return f"{day}{BEFORE_CLOCK.get(self.language, ', ')}{clock}"

    def listed(self, items: Iterable[str]) -> Markup:
        """A list without an "and", such as "a, b, c"; its items may hold Telegram's HTML if they are Markup."""
        return Markup(COMMAS.get(self.language, ", ")).join(items)

    def all_of(self, items: Iterable[str]) -> str:
        """A list in words, such as "a, b and c"."""
        from babel.lists import format_list

        return format_list(list(items), locale=self.language)


def _filled(sentence: str, values: Mapping[str, Any]) -> Markup:
    """As `Markup.format`, which a message would wait for half of its time; sentences hold plain names alone."""
    return Markup(sentence.format_map({name: escape(value) for name, value in values.items()}))


@cache  # there are as many as stand in the catalogues
def _as_it_is(language: str, sentence: str) -> Markup:
    """A sentence without values."""
    return _filled(_catalogue(language).gettext(sentence), {})


@lru_cache(maxsize=4096)
def _day(language: str, day: date, year: bool) -> str:
    from babel.dates import format_date

    return format_date(day, DAYS[language][year], locale=language)


@cache
def _catalogue(language: str) -> NullTranslations:
    return translation("focalpoint", CATALOGUES, languages=[language], fallback=True)

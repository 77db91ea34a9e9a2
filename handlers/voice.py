"""Sentences in one language: looked up in the catalogues, values escaped, dates and lists by Babel."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.rules.text import isolate

CATALOGUES = Path(__file__).parent / "catalogues"


class Say:
    """Speaks one language. Values are data, never markup: `say("<b>{title}</b>", title=text)` escapes `text`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, sentence: str, /, **values: Any) -> Markup:
        """The sentence in this language with its values filled in. Sentences may hold Telegram's HTML."""
        return Markup(self._catalogue.gettext(sentence)).format(**values)

    def n(self, one: str, many: str, number: int, /, **values: Any) -> Markup:
        """The same with a plural: `{number}` is filled in too."""
        return Markup(self._catalogue.ngettext(one, many, number)).format(number=number, **values)

    def name(self, name: str) -> str:
        """A person's name, kept from turning the text around it."""
        return isolate(name)

    def day(self, day: date, *, year: bool = False) -> str:
        """A date with its weekday, such as "Mon 20 Apr"."""
        from babel.dates import format_date

        return format_date(day, "EEE d MMM y" if year else "EEE d MMM", locale=self.language)

    def clock(self, instant: datetime, zone: ZoneInfo) -> str:
        """The time of day in a zone, such as "09:05"."""
        return instant.astimezone(zone).strftime("%H:%M")

    def moment(self, instant: datetime, cities: Iterable[tuple[str, ZoneInfo]]) -> Markup:
        """An instant in every city given, as a `date_time` entity whose text old clients show as it is."""
        shown = [
            f"{self.day(instant.astimezone(zone).date())}, {self.clock(instant, zone)} {city}" for city, zone in cities
        ]
        return Markup('<tg-time unix="{unix}" format="wDt">{text}</tg-time>').format(
            unix=int(instant.timestamp()), text=" / ".join(shown)
        )

    def all_of(self, items: Iterable[str]) -> str:
        """A list in words, such as "a, b and c"."""
        from babel.lists import format_list

        return format_list(list(items), locale=self.language)


@cache
def _catalogue(language: str) -> NullTranslations:
    return translation("focalpoint", CATALOGUES, languages=[language], fallback=True)

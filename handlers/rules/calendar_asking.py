"""When coordinators are asked whether a country's days of a year are right."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

PATIENCE = timedelta(days=60)
"""How long after its day the question is still worth asking, should nobody have been there to hear it."""
LATE_IN_THE_YEAR = 10
"""From this month on the question is about the next year."""


@dataclass(frozen=True, slots=True)
class AskOn:
    """A day of every year. Late in the year it is the next year that is asked about, else the running one."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> "AskOn":
        """A day such as "11-15". Raises ValueError with a plain sentence."""
        found = re.fullmatch(r"(\d\d)-(\d\d)", text.strip(), re.ASCII)
        try:
            # A year without a 29 February: the question comes every year.
            day = date(2001, int(found[1]), int(found[2])) if found else None
        except ValueError:
            day = None
        if day is None:
            raise ValueError(f'"{text.strip()}" is not a day of the year. Write for example "11-15".')
        return cls(day.month, day.day)

    def year_to_ask(self, today: date) -> int | None:
        """The year that is to be asked about on that day; None when it is not the time."""
        for asked_in in (today.year, today.year - 1):
            asked_on = date(asked_in, self.month, self.day)
            if asked_on <= today <= asked_on + PATIENCE:
                return asked_in + 1 if self.month >= LATE_IN_THE_YEAR else asked_in
        return None


# China's State Council publishes the next year in autumn; Laos announces the days in lieu of its New Year in spring.
ASKS: Mapping[str, AskOn] = {"CN": AskOn(11, 15), "LA": AskOn(3, 25)}
OTHERWISE = AskOn(11, 15)

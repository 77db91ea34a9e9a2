"""Whether this computer's clock can be believed: compared with the date that Telegram writes on its answers."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.clock import Clock

TOLERANCE = timedelta(seconds=120)
"""Further away than this nothing is planned: reminders would come on wrong days."""
FRESH_SECONDS = 60
NONE = timedelta(0)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Skew:
    """How far the clock is from Telegram's, between two answers too: a clock that jumps is noticed at once.

    An answer was written somewhere between the moments at which it was asked for and read, so what is known is a
    range; a clock inside of it is right. A story's clock is compared with nobody.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._least = self._most = NONE
        self._heard: float | None = None

    def begun(self) -> float | None:
        """The moment at which a call leaves, for `heard`."""
        return self._clock.passed()

    def heard(self, dated: str | None, begun: float | None) -> None:
        """Telegram answered a call and wrote this date on the answer."""
        ended = self._clock.passed()
        if dated is None or begun is None or ended is None:
            return
        try:
            since = parsedate_to_datetime(dated).astimezone(UTC) - BEGINNING
        except ValueError:
            return  # a date that nobody can read tells nothing
        self._least, self._most = since - timedelta(seconds=ended), since - timedelta(seconds=begun)
        self._heard = ended

    @property
    def ahead(self) -> timedelta:
        """How far the clock is ahead of Telegram's; negative when it is behind, zero while nobody knows better."""
        passed = self._clock.passed()
        if passed is None or self._heard is None:
            return NONE
        own = self._clock.now() - BEGINNING - timedelta(seconds=passed)
        if self._least <= own <= self._most:
            return NONE
        return own - self._most if own > self._most else own - self._least

    @property
    def is_stale(self) -> bool:
        """Whether Telegram's time should be asked for: nothing was heard for a minute."""
        passed = self._clock.passed()
        return passed is not None and (self._heard is None or passed - self._heard > FRESH_SECONDS)

    @property
    def is_off(self) -> bool:
        """Whether the clock is too wrong for planning."""
        return abs(self.ahead) > TOLERANCE

    @property
    def true_now(self) -> datetime:
        """The present moment as Telegram would say it."""
        return self._clock.now() - self.ahead

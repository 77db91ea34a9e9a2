"""A stretch of time of which something may be missing."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Away:
    """From when to when; because nobody asked Telegram, or because the records were put back from a backup."""

    since: datetime
    until: datetime
    by_restore: bool = False

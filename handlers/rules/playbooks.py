"""Playbooks: lists of steps around an event, as tables that people read, change and send.

The first line names the columns. A line is `title`, `host` or `send` (what the two parts are called) or a `step`:
whose it is, its offset, for which country of a side alone, and its text in each language.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import cache
from importlib.resources import files

from handlers.rules.languages import SPOKEN
from handlers.rules.offsets import Offset, parse
from handlers.rules.tables import rows_of

COLUMNS = ("row", "side", "offset", "only", *SPOKEN)
EXAMPLE = "row,side,offset,only,en,zh_Hans,lo\ntitle,,,,Study visit,,\nstep,host,D-30,,Draft the programme,,"
MOST_STEPS = 60
LONGEST_TEXT = 300
LONGEST_TITLE = 120
ENDING = ".csv"
_KEY = re.compile(r"[^\w]+")
_CONDITION = re.compile(r"(host|send)\s*=\s*([A-Za-z]{2})")


class Party(StrEnum):
    """Who does a step: the side that hosts, the side that sends, or the supporting project."""

    HOST = auto()
    SEND = auto()
    PROJECT = auto()


PARTIES: Mapping[str, tuple[Party, ...]] = {
    "host": (Party.HOST,),
    "send": (Party.SEND,),
    "both": (Party.HOST, Party.SEND),
    "project": (Party.PROJECT,),
}
"""How a file names them; several are joined by a plus."""


class PlaybookWrong(StrEnum):
    """What keeps a line of a playbook from being read."""

    NO_HEADER = auto()
    NO_TITLE = auto()
    NO_STEPS = auto()
    TOO_MANY = auto()
    ROW = auto()
    SIDE = auto()
    OFFSET = auto()
    CONDITION = auto()
    NO_TEXT = auto()
    LONG_TEXT = auto()


@dataclass(frozen=True)
class PlaybookFault:
    """A line (1 is the header) that cannot be read, and what stands there."""

    line: int
    wrong: PlaybookWrong
    text: str = ""


Texts = Mapping[str, str]
"""By language; a language without a text is left out."""


@dataclass(frozen=True)
class Step:
    """One step: who does it, when, in which words; `only` is (party, country) for steps of one country alone."""

    parties: tuple[Party, ...]
    offset: Offset
    texts: Texts
    only: tuple[Party, str] | None = None

    def applies(self, countries: Mapping[Party, str]) -> bool:
        """Whether the step is to be done when these countries host and send."""
        return self.only is None or countries.get(self.only[0]) == self.only[1]


@dataclass(frozen=True)
class Playbook:
    """A list of steps with its title and what the two parts in it are called."""

    key: str
    title: Texts
    steps: tuple[Step, ...]
    roles: Mapping[Party, Texts] = field(default_factory=dict)


def spoken_in(texts: Texts, language: str) -> str:
    """The text in a language, else in English, else in whatever there is."""
    return texts.get(language) or texts.get(SPOKEN[0]) or next(iter(texts.values()), "")


def key_of(name: str) -> str:
    """How a playbook is called in the database: its file's name in plain letters."""
    stem = name.casefold().removesuffix(ENDING).removesuffix(".xlsx")
    return _KEY.sub("_", stem).strip("_")[:40] or "own"


@cache
def shipped() -> Mapping[str, Playbook]:
    """The playbooks that come with the program, by key; read at first use."""
    folder = files(__package__).joinpath("playbook_files")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(ENDING))
    read = [read_playbook(key_of(name), folder.joinpath(name).read_text(encoding="utf-8")) for name in names]
    return {playbook.key: playbook for playbook, _ in read if playbook is not None}


def shipped_text(key: str) -> str:
    """The file of a shipped playbook as it stands, to be changed and sent back."""
    return files(__package__).joinpath("playbook_files", key + ENDING).read_text(encoding="utf-8")


def read_playbook(key: str, text: str) -> tuple[Playbook | None, list[PlaybookFault]]:
    """A playbook out of its table, or every fault it has: a file with one is meant to be sent again as a whole."""
    rows = rows_of(text)
    columns = [cell.casefold() for cell in rows[0][1]] if rows else []
    known = {name.casefold(): name for name in COLUMNS}
    if not {"row", "offset"} <= set(columns) or not {name.casefold() for name in SPOKEN} & set(columns):
        return None, [PlaybookFault(1, PlaybookWrong.NO_HEADER)]
    lines = [(number, _named(columns, known, cells)) for number, cells in rows[1:]]
    steps = [_step(number, row) for number, row in lines if row.get("row", "").casefold() == "step"]
    faults = [each for each in steps if isinstance(each, PlaybookFault)] + list(_strange(lines))
    texts = {row["row"].casefold(): _texts(row) for _, row in lines if row.get("row", "").casefold() != "step"}
    faults += _of_whole(texts.get("title", {}), len(steps))
    if faults:
        return None, sorted(faults, key=lambda fault: fault.line)
    roles = {party: texts[party] for party in (Party.HOST, Party.SEND) if texts.get(party)}
    return Playbook(key, texts["title"], tuple(each for each in steps if isinstance(each, Step)), roles), []


def _named(columns: Iterable[str], known: Mapping[str, str], cells: tuple[str, ...]) -> dict[str, str]:
    pairs = zip(columns, cells, strict=False)
    return {known[column]: cell for column, cell in pairs if column in known and cell}


def _strange(lines: Iterable[tuple[int, Mapping[str, str]]]) -> Iterable[PlaybookFault]:
    for number, row in lines:
        if row.get("row", "").casefold() not in ("title", "host", "send", "step"):
            yield PlaybookFault(number, PlaybookWrong.ROW, row.get("row", ""))


def _of_whole(title: Texts, steps: int) -> list[PlaybookFault]:
    found = []
    if not title or any(len(each) > LONGEST_TITLE for each in title.values()):
        found.append(PlaybookFault(1, PlaybookWrong.NO_TITLE))
    if not steps:
        found.append(PlaybookFault(1, PlaybookWrong.NO_STEPS))
    if steps > MOST_STEPS:
        found.append(PlaybookFault(1, PlaybookWrong.TOO_MANY))
    return found


def _step(number: int, row: Mapping[str, str]) -> Step | PlaybookFault:
    parties, offset, texts = read_parties(row.get("side", "")), parse(row.get("offset", "")), _texts(row)
    only = _CONDITION.fullmatch(row.get("only", "").casefold())
    if parties is None:
        return PlaybookFault(number, PlaybookWrong.SIDE, row.get("side", ""))
    if offset is None:
        return PlaybookFault(number, PlaybookWrong.OFFSET, row.get("offset", ""))
    if row.get("only") and only is None:
        return PlaybookFault(number, PlaybookWrong.CONDITION, row["only"])
    if not texts:
        return PlaybookFault(number, PlaybookWrong.NO_TEXT)
    if any(len(text) > LONGEST_TEXT for text in texts.values()):
        return PlaybookFault(number, PlaybookWrong.LONG_TEXT)
    return Step(parties, offset, texts, (Party(only[1]), only[2].upper()) if only else None)


def read_parties(written: str) -> tuple[Party, ...] | None:
    """Who does a step, as "host", "both" or "send+project"; None for anything else."""
    found: dict[Party, None] = {}
    for word in written.casefold().replace(" ", "").split("+"):
        if word not in PARTIES:
            return None
        found |= dict.fromkeys(PARTIES[word])
    return tuple(found)


def _texts(row: Mapping[str, str]) -> Texts:
    return {language: row[language] for language in SPOKEN if row.get(language)}

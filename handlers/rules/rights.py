"""Who may do what: the matrix of roles and acts in rights.csv, read once, default deny.

Cells: Y allowed; R allowed, reading only; O own objects; S own side; OS either of these; P proposes, another
confirms; PO proposes, own objects; 2 speaks for one side of two; - refused. Pressing somebody's button needs the
right of the act behind the button, and being an administrator of a Telegram group gives none.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import cache
from importlib.resources import files

from storage.kinds import Role


class Act(StrEnum):
    """Everything that needs a right. Each has one row in rights.csv."""

    SEE = auto()
    FIND = auto()
    READ_STATUS = auto()
    READ_MECHANISM = auto()
    READ_HELP = auto()
    PROPOSE_DECISION = auto()
    SUPERSEDE_DECISION = auto()
    ANSWER_DECISION = auto()
    RECORD_ANSWER_FOR = auto()
    CONTEST_ANSWER = auto()
    REVISE_DECISION = auto()
    SET_REVIEW = auto()
    ANSWER_REVIEW = auto()
    WITHDRAW_DECISION = auto()
    WRITE_WORDING = auto()
    CHANGE_WORDING = auto()
    CONFIRM_WORDING = auto()
    CALL_MEETING = auto()
    CHOOSE_MEETING_TIME = auto()
    FIX_MEETING_TIME = auto()
    ARRANGE_MEETING = auto()
    ANSWER_INVITATION = auto()
    ADD_TO_AGENDA = auto()
    RUN_MEETING = auto()
    TAKE_NOTE = auto()
    RECORD_AGREED = auto()
    ANSWER_MINUTES = auto()
    CREATE_OWN_TASK = auto()
    ASSIGN_OWN_SIDE = auto()
    ASSIGN_OTHER_SIDE = auto()
    ACCEPT_TASK = auto()
    FINISH_TASK = auto()
    REPORT_TASK = auto()
    REOPEN_TASK = auto()
    ORDER_TASK = auto()
    COUNTERSIGN_TASK = auto()
    HAND_BACK_TASK = auto()
    CHANGE_DUE = auto()
    REWORD_TASK = auto()
    SET_AREA = auto()
    DROP_TASK = auto()
    PLAN_ACTIVITY = auto()
    CHANGE_ACTIVITY = auto()
    REPORT_ACTIVITY = auto()
    DROP_ACTIVITY = auto()
    START_PLAYBOOK = auto()
    ADD_PLAYBOOK = auto()
    IMPORT_MATRIX = auto()
    UNDO_IMPORT = auto()
    SNOOZE_NUDGE = auto()
    SHARE_FILE = auto()
    SHAPE_FILE = auto()
    REQUEST_SUPPORT = auto()
    SHAPE_SUPPORT = auto()
    ANSWER_SUPPORT = auto()
    DELETE = auto()
    SET_OWN_PREFERENCES = auto()
    SET_OWN_LEAVE = auto()
    CHANGE_MECHANISM = auto()
    CHANGE_CALENDAR = auto()
    CHANGE_OWN_DAYS = auto()
    NAME_ALTERNATE = auto()
    NAME_ALTERNATE_OF_VACANT_SIDE = auto()
    NAME_FOCAL_POINT = auto()
    ACCEPT_FOCAL_POINT = auto()
    NAME_COORDINATOR = auto()
    JOIN = auto()
    CONFIRM_JOIN = auto()
    INVITE = auto()
    LINK = auto()
    UNLINK = auto()
    CONFIRM_UNLINK = auto()
    EXPORT_OWN_DATA = auto()
    EXPORT_GROUP = auto()
    READ_AUDIT = auto()
    FORGET_ME = auto()
    ERASE_GROUP = auto()
    READ_OPERATOR_STATUS = auto()


class Grant(StrEnum):
    """How far a right reaches: the act itself, a proposal of it, or one of the two voices it needs."""

    FULL = auto()
    PROPOSES = auto()
    TWO = auto()


class NotAllowed(Exception):
    """The person may not do this here. What he reads is the same as for a thing that does not exist."""

    def __init__(self, act: Act) -> None:
        super().__init__(f"{act} is not allowed")
        self.act = act


class UnsoundMatrix(Exception):
    """The file of rights and the code do not fit together; the message names every place."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as he stands in one working group. `role` None is a stranger.

    `acting` is true while an alternate stands in for his focal point; `anonymous` for anonymous administrators,
    channels and bots.
    """

    person_id: int | None
    role: Role | None = None
    side_id: int | None = None
    acting: bool = False
    anonymous: bool = False
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What is acted on: whose it is, which side's, and in which group. None: no side's, or no group's in particular."""

    owner_ids: frozenset[int] = frozenset()
    side_id: int | None = None
    group_id: int | None = None


class _Reach(Enum):
    ANY = auto()
    OWN = auto()
    SIDE = auto()
    OWN_OR_SIDE = auto()
    ONE_OF_TWO = auto()


Matrix = Mapping[tuple[str, str], str]
"""(act, column) to cell."""

COLUMNS = (*Role, "stranger", "anon")
READING = frozenset({Act.SEE, Act.FIND, Act.READ_STATUS, Act.READ_MECHANISM, Act.READ_HELP, Act.READ_AUDIT})
_REFUSED = "-"
_CELLS: Mapping[str, tuple[Grant, _Reach]] = {
    "Y": (Grant.FULL, _Reach.ANY),
    "R": (Grant.FULL, _Reach.ANY),
    "O": (Grant.FULL, _Reach.OWN),
    "S": (Grant.FULL, _Reach.SIDE),
    "OS": (Grant.FULL, _Reach.OWN_OR_SIDE),
    "P": (Grant.PROPOSES, _Reach.ANY),
    "PO": (Grant.PROPOSES, _Reach.OWN),
    "2": (Grant.TWO, _Reach.ONE_OF_TWO),
}


def permit(act: Act, actor: Actor, target: Target | None = None) -> Grant:
    """How far the actor may do this to the target; NotAllowed where nothing in the matrix says that he may."""
    return permit_by(matrix(), act, actor, target or Target())


def permit_by(rights: Matrix, act: Act, actor: Actor, target: Target) -> Grant:
    """The same by a given matrix: no row, no column or an unknown cell is a refusal."""
    entry = _CELLS.get(rights.get((act, _column(actor, target)), _REFUSED))
    if entry is None or not _reaches(entry[1], actor, target):
        raise NotAllowed(act)
    return entry[0]


def never(act: Act, role: Role) -> bool:
    """Whether nothing gives this right to anybody of that role, not even for what is his own."""
    return matrix()[act, role] == _REFUSED


def assigning(actor: Actor, assignee_id: int, side_id: int | None) -> Act:
    """Which act it is to give a task to this person of this side (None: of the supporting organisation)."""
    if assignee_id == actor.person_id:
        return Act.CREATE_OWN_TASK
    return Act.ASSIGN_OWN_SIDE if side_id == actor.side_id else Act.ASSIGN_OTHER_SIDE


def _column(actor: Actor, target: Target) -> str:
    if actor.anonymous:
        return "anon"
    elsewhere = target.group_id is not None and target.group_id != actor.group_id
    if actor.role is None or elsewhere:
        return "stranger"
    return Role.MEMBER if actor.role is Role.ALTERNATE and not actor.acting else actor.role


def _reaches(reach: _Reach, actor: Actor, target: Target) -> bool:
    own = actor.person_id is not None and actor.person_id in target.owner_ids
    same_side = actor.side_id is not None and actor.side_id == target.side_id
    match reach:
        case _Reach.ANY:
            return True
        case _Reach.OWN:
            return own
        case _Reach.SIDE:
            return same_side
        case _Reach.OWN_OR_SIDE:
            return own or same_side
        case _Reach.ONE_OF_TWO:
            # What concerns both sides has no side of its own. A coordinator stands for none, so he cannot take the
            # wrong one; anybody else speaks for his side alone.
            both = actor.side_id is not None and target.side_id is None
            return both or same_side or actor.role is Role.COORDINATOR


@cache
def matrix() -> Matrix:
    """The matrix of rights.csv, read at first use; UnsoundMatrix if it does not fit the code."""
    return read_matrix(files(__package__).joinpath("rights.csv").read_text(encoding="utf-8"))


def read_matrix(text: str) -> Matrix:
    """A matrix from CSV: a column `act`, one a role, `stranger`, `anon`, and a remark for readers."""
    rows = list(csv.DictReader(text.splitlines()))
    problems = _misfits([row["act"] for row in rows], set(Act), "row")
    columns = [name for name in (rows[0] if rows else ()) if name not in ("act", "remark")]
    problems += _misfits(columns, set(COLUMNS), "column")
    rights = {(row["act"], column): row[column] or "" for row in rows for column in columns}
    problems += [
        f"{act}, {column}: {cell!r} is no cell here" for (act, column), cell in rights.items() if not _sound(act, cell)
    ]
    if problems:
        raise UnsoundMatrix("; ".join(problems))
    return rights


def _sound(act: str, cell: str) -> bool:
    return cell == _REFUSED or (cell in _CELLS and (cell != "R" or act in READING))


def _misfits(found: list[str], known: set[Act] | set[str], what: str) -> list[str]:
    names = set[str](known)
    return (
        [f"no {what} {name}" for name in sorted(names - set(found))]
        + [f"{what} {name} is unknown" for name in sorted(set(found) - names)]
        + [f"{what} {name} stands twice" for name in sorted(set(found)) if found.count(name) > 1]
    )

"""The enums that every layer speaks in. The lowest module: it imports nothing of ours."""

from enum import StrEnum, auto


class Role(StrEnum):
    """What a person is in one working group."""

    MEMBER = auto()
    FOCAL_POINT = auto()
    ALTERNATE = auto()
    COORDINATOR = auto()
    OBSERVER = auto()


class Standing(StrEnum):
    """Where a membership stands: asked for, in force, or ended."""

    ASKED = auto()
    ACTIVE = auto()
    LEFT = auto()
    REFUSED = auto()


class TaskState(StrEnum):
    """The seven states of a task; REPORTED is done by its own word and waits for the counter-sign."""

    OPEN = auto()
    IN_PROGRESS = auto()
    WAITING = auto()
    BLOCKED = auto()
    REPORTED = auto()
    DONE = auto()
    CANCELLED = auto()


class Acceptance(StrEnum):
    """Whether the person a task was given to took it on."""

    ACCEPTED = auto()
    ASKED = auto()
    DECLINED = auto()


class DecisionState(StrEnum):
    """The five states of a decision."""

    PROPOSED = auto()
    AGREED = auto()
    OBJECTED = auto()
    WITHDRAWN = auto()
    SUPERSEDED = auto()


class SupportKind(StrEnum):
    """What is asked of the supporting project."""

    EXPERT = auto()
    FUNDING = auto()
    TRANSLATION = auto()
    EQUIPMENT = auto()
    LETTER = auto()
    OTHER = auto()


class SupportState(StrEnum):
    """Where a request for support stands; QUESTION waits for whoever asked."""

    ASKED = auto()
    QUESTION = auto()
    GRANTED = auto()
    PARTLY = auto()
    DECLINED = auto()
    WITHDRAWN = auto()


class Verdict(StrEnum):
    """What one side answers to a proposal."""

    AGREE = auto()
    OBJECT = auto()


class MeetingState(StrEnum):
    """The states of a meeting: its time is asked about, being chosen, fixed; it goes on, was held, or called off."""

    ASKED = auto()
    PROPOSED = auto()
    FIXED = auto()
    OPEN = auto()
    HELD = auto()
    CANCELLED = auto()


class Coming(StrEnum):
    """What somebody answers to an invitation."""

    YES = auto()
    MAYBE = auto()
    NO = auto()


class ItemState(StrEnum):
    """A point of an agenda: not yet spoken of, spoken of now, done, or left to another meeting."""

    WAITING = auto()
    RUNNING = auto()
    DONE = auto()
    MOVED = auto()


class MinutesState(StrEnum):
    """Minutes: sent to both sides, agreed by them, objected to, or standing because nobody objected in time."""

    SENT = auto()
    AGREED = auto()
    OBJECTED = auto()
    UNOPPOSED = auto()


class Subject(StrEnum):
    """What a journal entry, a nudge or a card is about."""

    GROUP = auto()
    CHAT = auto()
    PERSON = auto()
    MEMBERSHIP = auto()
    DECISION = auto()
    TASK = auto()
    SUPPORT = auto()
    FILE = auto()
    MECHANISM = auto()
    CALENDAR = auto()
    ACTIVITY = auto()
    MEETING = auto()


class ChatKind(StrEnum):
    """Telegram's kinds of chat that the bot acts in."""

    PRIVATE = auto()
    GROUP = auto()
    SUPERGROUP = auto()


class DayKind(StrEnum):
    """What a calendar says of a day. An observance is only mentioned."""

    OFF = auto()
    ON = auto()
    OBSERVANCE = auto()


class YearState(StrEnum):
    """What is known of a country's calendar of one year: nothing, days nobody confirmed, or confirmed days."""

    MISSING = auto()
    PROVISIONAL = auto()
    CONFIRMED = auto()


class InboxState(StrEnum):
    """An update from Telegram: waiting for its answer, answered, or set aside."""

    NEW = auto()
    DONE = auto()
    DEAD = auto()


class OutboxState(StrEnum):
    """A call to Telegram: waiting, on its way, made, given up, no longer wanted, or held back by a restore."""

    PENDING = auto()
    CLAIMED = auto()
    SENT = auto()
    FAILED = auto()
    WITHDRAWN = auto()
    HELD = auto()


class Priority(StrEnum):
    """The order in which calls leave: answers overtake nudges, nudges overtake digests."""

    TOAST = "1"
    ANSWER = "2"
    CARD = "3"
    NUDGE = "5"
    DIGEST = "7"


class CodeKind(StrEnum):
    """What a one-time code opens."""

    GROUP = auto()
    COORDINATOR = auto()
    MEMBER = auto()

"""Every table, so that one import knows the whole schema."""

from storage.tables.activities import (
    Activity,
    ActivityStep,
    ActivityText,
    GroupPlaybook,
    Indicator,
    MatrixImport,
    Participants,
    PlanDraft,
)
from storage.tables.calendars import CalendarDraft, CalendarYear, CountryDay, InstitutionDay, Notice, Travel
from storage.tables.delivery import (
    Bundle,
    ButtonToken,
    Card,
    Dialogue,
    Digest,
    Inbox,
    Lease,
    Mark,
    Nudge,
    Outbox,
)
from storage.tables.groups import Area, Chat, Mechanism, Organisation, Room, Side, WorkingGroup
from storage.tables.meetings import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingSlot,
    Minutes,
    MinutesAnswer,
    Note,
    SlotVote,
)
from storage.tables.people import BindingCode, Leave, Membership, Person
from storage.tables.records import Answer, Decision, Evidence, JournalEntry, Task, TaskStep
from storage.tables.shelf import ShelfFile
from storage.tables.support import SupportRequest
from storage.tables.terms import GroupTerm
from storage.tables.wordings import DecisionText, TextConfirmation

__all__ = [
    "Activity",
    "ActivityStep",
    "ActivityText",
    "AgendaItem",
    "Answer",
    "Area",
    "Attendance",
    "BindingCode",
    "Bundle",
    "ButtonToken",
    "CalendarDraft",
    "CalendarYear",
    "Card",
    "Chat",
    "CountryDay",
    "Decision",
    "DecisionText",
    "Dialogue",
    "Digest",
    "Evidence",
    "GroupPlaybook",
    "GroupTerm",
    "Inbox",
    "Indicator",
    "InstitutionDay",
    "JournalEntry",
    "Lease",
    "Leave",
    "Mark",
    "MatrixImport",
    "Mechanism",
    "Meeting",
    "MeetingSlot",
    "Membership",
    "Minutes",
    "MinutesAnswer",
    "Note",
    "Notice",
    "Nudge",
    "Organisation",
    "Outbox",
    "Participants",
    "Person",
    "PlanDraft",
    "Room",
    "ShelfFile",
    "Side",
    "SlotVote",
    "SupportRequest",
    "Task",
    "TaskStep",
    "TextConfirmation",
    "Travel",
    "WorkingGroup",
]

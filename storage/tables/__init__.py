"""Every table, so that one import knows the whole schema."""

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
from storage.tables.people import BindingCode, Leave, Membership, Person
from storage.tables.records import Answer, Decision, Evidence, JournalEntry, Task
from storage.tables.terms import GroupTerm
from storage.tables.wordings import DecisionText, TextConfirmation

__all__ = [
    "Answer",
    "Area",
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
    "GroupTerm",
    "Inbox",
    "InstitutionDay",
    "JournalEntry",
    "Lease",
    "Leave",
    "Mark",
    "Mechanism",
    "Membership",
    "Notice",
    "Nudge",
    "Organisation",
    "Outbox",
    "Person",
    "Room",
    "Side",
    "Task",
    "TextConfirmation",
    "Travel",
    "WorkingGroup",
]

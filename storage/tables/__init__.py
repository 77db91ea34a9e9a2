"""Every table, so that one import knows the whole schema."""

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
from storage.tables.groups import Area, Chat, CountryDay, Mechanism, Organisation, Room, Side, WorkingGroup
from storage.tables.people import BindingCode, Leave, Membership, Person
from storage.tables.records import Answer, Decision, Evidence, JournalEntry, Task
from storage.tables.terms import GroupTerm

__all__ = [
    "Answer",
    "Area",
    "BindingCode",
    "Bundle",
    "ButtonToken",
    "Card",
    "Chat",
    "CountryDay",
    "Decision",
    "Dialogue",
    "Digest",
    "Evidence",
    "GroupTerm",
    "Inbox",
    "JournalEntry",
    "Lease",
    "Leave",
    "Mark",
    "Mechanism",
    "Membership",
    "Nudge",
    "Organisation",
    "Outbox",
    "Person",
    "Room",
    "Side",
    "Task",
    "WorkingGroup",
]

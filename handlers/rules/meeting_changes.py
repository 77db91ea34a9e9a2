"""The changes of a meeting, in the words in which the journal keeps them."""

from enum import StrEnum


class MeetingChange(StrEnum):
    """What can happen to a meeting. The words are stored: a new one may be added, none may be changed."""

    CALLED = "meeting called"
    TIME_ASKED = "time asked about"
    TIMES_PROPOSED = "times proposed"
    VOTED = "time voted for"
    FIXED = "time fixed"
    MOVED = "time changed"
    ARRANGED = "meeting arranged"
    ANSWERED = "invitation answered"
    CANCELLED = "meeting called off"
    ITEM_ADDED = "agenda item added"
    ITEM_CHANGED = "agenda item changed"
    ITEM_MOVED_ON = "agenda item left to the next meeting"
    OPENED = "meeting opened"
    ITEM_BEGUN = "agenda item begun"
    PRESENT = "presence written down"
    NOTED = "note taken"
    CLOSED = "meeting closed"
    PHOTO = "photo of the meeting kept"
    MINUTES_SENT = "minutes sent"
    MINUTES_ANSWERED = "minutes answered"
    MINUTES_RECORDED = "minutes answer recorded"
    MINUTES_CONTESTED = "minutes answer contested"
    MINUTES_STAND = "minutes stand"

"""The changes of an activity, in the words in which the journal keeps them."""

from enum import StrEnum


class ActivityChange(StrEnum):
    """What can happen to an activity. The words are stored: a new one may be added, none may be changed."""

    PLANNED = "activity planned"
    STARTED = "activity started from a playbook"
    IMPORTED = "activity imported"
    PERIOD = "period of an activity changed"
    SIDES = "sides of an activity changed"
    AREA = "area of an activity changed"
    OUTPUT = "output of an activity written"
    INDICATORS = "indicators of an activity written"
    ACTUAL = "indicator counted"
    PARTICIPANTS = "participants counted"
    DELAY = "reason for delay written"
    TITLE = "title of an activity written"
    DROPPED = "activity called off"

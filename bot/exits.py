"""How the program ends, by the conventions of sysexits."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes a supervisor can act on."""

    FINE = 0
    WRONG = 1
    FAULT = 70
    OTHER_INSTANCE = 75
    CONFIGURATION = 78


class Refused(Exception):
    """What the operator asked for cannot be done; the message is the sentence he reads."""

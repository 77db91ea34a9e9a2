"""The changes of a decision, in the words in which the journal keeps them."""

from enum import StrEnum


class DecisionChange(StrEnum):
    """What can happen to a decision. The words are stored: a new one may be added, none may be changed."""

    REVIEW = "decision to be reviewed"
    REVIEW_ASKED = "decision review asked"
    STILL_HOLDS = "decision still holds"
    PROPOSED = "decision proposed"
    AGREED = "side agreed"
    OBJECTED = "side objected"
    RECORDED = "answer recorded"
    CONTESTED = "answer contested"
    WITHDRAWN = "decision withdrawn"
    SUPERSEDED = "decision superseded"
    RESTORED = "decision restored"
    WORDED = "wording written"
    CONFIRMED = "wording confirmed"
    CONFIRMATION_RECORDED = "wording confirmation recorded"
    CONFIRMATION_CONTESTED = "wording confirmation contested"
    UNASKED = "wordings no longer asked for"

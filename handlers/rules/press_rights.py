"""Which buttons of a card lead to what a role never may do: in private its reader is not shown them.

In a group everybody sees the same card. The right itself is asked when a button is pressed, wherever it stands.
"""

from collections.abc import Mapping

from handlers.rules.rights import Act, never
from storage.kinds import Role

ACTS: Mapping[str, tuple[Act, ...]] = {
    "decision.agree": (Act.ANSWER_DECISION,),
    "decision.object": (Act.ANSWER_DECISION,),
    "decision.withdraw": (Act.WITHDRAW_DECISION,),
    "decision.on_behalf": (Act.RECORD_ANSWER_FOR,),
    "decision.contest": (Act.CONTEST_ANSWER,),
    "decision.review": (Act.SET_REVIEW,),
    "decision.text_language": (Act.WRITE_WORDING,),
    "task.done": (Act.FINISH_TASK,),
    "task.progress": (Act.REPORT_TASK,),
    "task.blocked": (Act.REPORT_TASK,),
    "task.waiting": (Act.REPORT_TASK,),
    "task.evidence": (Act.FINISH_TASK,),
    "task.confirm": (Act.COUNTERSIGN_TASK,),
    "task.send_back": (Act.COUNTERSIGN_TASK,),
    "task.reopen": (Act.REOPEN_TASK,),
    "task.accept": (Act.ACCEPT_TASK,),
    "task.decline": (Act.ACCEPT_TASK,),
    "task.due": (Act.CHANGE_DUE,),
    "task.who": (Act.ASSIGN_OWN_SIDE, Act.ASSIGN_OTHER_SIDE),
    "activity.task": (Act.CREATE_OWN_TASK,),
    "activity.participants": (Act.REPORT_ACTIVITY,),
    "activity.delay": (Act.REPORT_ACTIVITY,),
    "activity.count": (Act.REPORT_ACTIVITY,),
    "activity.change": (Act.CHANGE_ACTIVITY,),
    "meeting.vote": (Act.CHOOSE_MEETING_TIME, Act.FIX_MEETING_TIME),
    "meeting.others": (Act.ARRANGE_MEETING,),
    "meeting.set_time": (Act.ARRANGE_MEETING,),
    "meeting.arrange": (Act.ARRANGE_MEETING,),
    "meeting.open": (Act.RUN_MEETING,),
    "meeting.follow": (Act.CALL_MEETING,),
    "session.somebody": (Act.RUN_MEETING,),
    "session.next": (Act.RUN_MEETING,),
    "session.close": (Act.RUN_MEETING,),
    "minutes.again": (Act.RUN_MEETING,),
    "shelf.area": (Act.SHAPE_FILE,),
    "shelf.take_off": (Act.SHAPE_FILE,),
    "support.grant": (Act.ANSWER_SUPPORT,),
    "support.partly": (Act.ANSWER_SUPPORT,),
    "support.decline": (Act.ANSWER_SUPPORT,),
    "support.ask_back": (Act.ANSWER_SUPPORT,),
    "support.details": (Act.SHAPE_SUPPORT,),
    "support.explain": (Act.SHAPE_SUPPORT,),
    "support.withdraw": (Act.SHAPE_SUPPORT,),
}
"""What a button is about: whoever may do one of these, if only with what is his own, is shown it."""


def shown_to(press: str, role: Role) -> bool:
    """Whether somebody of this role may have a use for the button."""
    acts = ACTS.get(press, ())
    return not acts or not all(never(act, role) for act in acts)

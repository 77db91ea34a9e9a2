"""Which buttons of a card lead to what its reader may not do: in private he is not shown them.

In a group everybody sees the same card. The right itself is asked when a button is pressed, wherever it stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from handlers.rules.rights import Act, Actor, NotAllowed, Target, never, permit
from storage.kinds import Role

ACTS: Mapping[str, tuple[Act, ...]] = {
    "decision.agree": (Act.ANSWER_DECISION,),
    "decision.object": (Act.ANSWER_DECISION,),
    "decision.withdraw": (Act.WITHDRAW_DECISION,),
    "decision.on_behalf": (Act.RECORD_ANSWER_FOR,),
    "decision.contest": (Act.CONTEST_ANSWER,),
    "decision.review": (Act.SET_REVIEW,),
    "decision.text": (Act.WRITE_WORDING,),
    "decision.text_language": (Act.WRITE_WORDING,),
    "decision.text_confirm": (Act.CONFIRM_WORDING,),
    "decision.text_contest": (Act.CONTEST_ANSWER,),
    "task.done": (Act.FINISH_TASK,),
    "task.progress": (Act.REPORT_TASK,),
    "task.blocked": (Act.REPORT_TASK,),
    "task.waiting": (Act.REPORT_TASK,),
    "task.evidence": (Act.FINISH_TASK,),
    "task.confirm": (Act.COUNTERSIGN_TASK,),
    "task.send_back": (Act.COUNTERSIGN_TASK,),
    "task.hand_back": (Act.HAND_BACK_TASK,),
    "task.reopen": (Act.REOPEN_TASK,),
    "task.accept": (Act.ACCEPT_TASK,),
    "task.decline": (Act.ACCEPT_TASK,),
    "task.due": (Act.CHANGE_DUE,),
    "task.who": (Act.ASSIGN_OWN_SIDE, Act.ASSIGN_OTHER_SIDE),
    "task.step": (Act.REPORT_TASK,),
    "task.tick": (Act.REPORT_TASK,),
    "task.area": (Act.SET_AREA,),
    "task.activity": (Act.SET_AREA,),
    "task.after": (Act.ORDER_TASK,),
    "task.repeat": (Act.ORDER_TASK,),
    "task.drop": (Act.DROP_TASK,),
    "plan.new": (Act.PLAN_ACTIVITY,),
    "activity.task": (Act.CREATE_OWN_TASK,),
    "activity.participants": (Act.REPORT_ACTIVITY,),
    "activity.delay": (Act.REPORT_ACTIVITY,),
    "activity.count": (Act.REPORT_ACTIVITY,),
    "activity.change": (Act.CHANGE_ACTIVITY,),
    "meeting.vote": (Act.CHOOSE_MEETING_TIME, Act.FIX_MEETING_TIME),
    "meeting.others": (Act.ARRANGE_MEETING,),
    "meeting.set_time": (Act.ARRANGE_MEETING,),
    "meeting.move": (Act.ARRANGE_MEETING,),
    "meeting.keep": (Act.ARRANGE_MEETING,),
    "meeting.arrange": (Act.ARRANGE_MEETING,),
    "agenda.ask_text": (Act.ADD_TO_AGENDA,),
    "agenda.take": (Act.ADD_TO_AGENDA,),
    "agenda.item": (Act.ADD_TO_AGENDA,),
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


def permits(act: Act, actor: Actor, targets: Iterable[Target]) -> bool:
    """Whether the reader may do this to one of the targets.

    An alternate is asked as somebody who stands in, too: that changes with a day of leave, and no card is drawn anew.
    """
    standing = (False, True) if actor.role is Role.ALTERNATE else (actor.acting,)
    return any(_permitted(act, replace(actor, acting=acting), target) for target in targets for acting in standing)


def _permitted(act: Act, actor: Actor, target: Target) -> bool:
    try:
        permit(act, actor, target)
    except NotAllowed:
        return False
    return True

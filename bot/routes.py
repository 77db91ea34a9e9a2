"""The one visible table of routes: which handler answers which command, press and typed answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Flag, auto

from handlers import (
    decision_answers,
    decision_history,
    decision_records,
    decisions,
    inviting,
    joining,
    linking,
    naming,
    people,
    privacy,
    starting,
)
from handlers.reply import Reply
from handlers.request import Request

Handler = Callable[[Request], Awaitable[Reply]]


class Where(Flag):
    """Where a command makes sense, and in which menus it stands."""

    GROUP = auto()
    PRIVATE = auto()
    BOTH = GROUP | PRIVATE


NOWHERE = Where(0)


@dataclass(frozen=True)
class Command:
    """One command. `menu` says where Telegram's menu shows it; `needs_group` that it is about a working group;
    `members` that only members of that group get past the door."""

    name: str
    handler: Handler
    where: Where = Where.BOTH
    menu: Where = NOWHERE
    needs_group: bool = True
    members: bool = True


COMMANDS: tuple[Command, ...] = (
    # starting, people
    Command("start", starting.start, menu=Where.PRIVATE, needs_group=False),
    Command("help", starting.explain, menu=Where.BOTH, needs_group=False),
    Command("cancel", starting.cancel, menu=Where.PRIVATE, needs_group=False),
    Command("privacy", starting.explain_privacy, menu=Where.PRIVATE, needs_group=False),
    Command("link", linking.link, where=Where.GROUP, needs_group=False),
    Command("unlink", linking.unlink, where=Where.GROUP),
    Command("join", joining.choose, menu=Where.GROUP, members=False),
    Command("people", people.show, menu=Where.BOTH),
    Command("focal", naming.focal),
    Command("alternate", naming.alternate),
    Command("mydata", privacy.my_data, menu=Where.PRIVATE, needs_group=False),
    Command("forgetme", privacy.ask_forgetting, menu=Where.PRIVATE, needs_group=False),
    # decisions
    Command("decide", decisions.propose, where=Where.GROUP, menu=Where.GROUP),
    Command("decisions", decisions.listed, menu=Where.BOTH),
    Command("supersede", decisions.supersede, where=Where.GROUP, menu=Where.GROUP),
    # tasks
    # status, finding, mechanism
)

NUMBERED: Mapping[str, Handler] = {  # /d3, /t17, /t17a
    "d": decisions.show,
}

PRESSES: Mapping[str, Handler] = {
    # starting, people
    "help.show": starting.explain,
    "privacy.show": starting.explain_privacy,
    "group.choose": starting.choose_group,
    "unlink.confirm": linking.confirm,
    "unlink.keep": linking.keep,
    "join.choose": joining.choose,
    "join.side": joining.ask,
    "join.confirm": joining.confirm,
    "join.refuse": joining.refuse,
    "focal.accept": naming.accept,
    "focal.decline": naming.decline,
    "people.show": people.show,
    "people.invite": inviting.offer,
    "invite.side": inviting.make,
    "privacy.forget": privacy.forget,
    "privacy.keep": privacy.keep,
    # decisions
    "decisions.page": decisions.page,
    "decision.show": decisions.shown,
    "decision.card": decisions.card,
    "decision.history": decision_history.history,
    "decision.agree": decision_answers.agree,
    "decision.object": decision_answers.object_to,
    "decision.withdraw": decision_answers.withdraw,
    "decision.on_behalf": decision_records.on_behalf,
    "decision.for_person": decision_records.for_person,
    "decision.for_verdict": decision_records.for_verdict,
    "decision.contest": decision_records.contest,
    # tasks
    # nudges
    # status, finding, mechanism
}

DIALOGUES: Mapping[str, Handler] = {
    # starting, people
    # decisions
    "decision.reason": decision_answers.objected,
    "decision.withdraw_reason": decision_answers.withdrawn,
    "decision.reason_for": decision_records.reason_for,
    "decision.evidence": decision_records.recorded,
    # tasks
    # nudges
    # status, finding, mechanism
}

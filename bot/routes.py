"""The one visible table of routes: which handler answers which command, press and typed answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Flag, auto

from handlers import (
    activities,
    activity_changes,
    activity_tasks,
    calendar,
    calendar_days,
    calendar_import,
    decision_answers,
    decision_history,
    decision_records,
    decision_text_records,
    decision_texts,
    decisions,
    finding,
    inviting,
    joining,
    language,
    leave,
    linking,
    mechanism,
    meeting_invitations,
    meeting_times,
    meetings,
    naming,
    nudge_presses,
    people,
    pictures,
    privacy,
    shelf,
    shelf_lists,
    starting,
    status,
    support,
    support_answers,
    support_details,
    support_history,
    task_acceptance,
    task_after,
    task_changes,
    task_checklist,
    task_dates,
    task_evidence,
    task_files,
    task_history,
    task_lists,
    task_moves,
    task_signing,
    tasks,
    terms,
    travel,
    when,
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
    Command("language", language.show, menu=Where.BOTH, needs_group=False),
    Command("cancel", starting.cancel, menu=Where.PRIVATE, needs_group=False),
    Command("privacy", starting.explain_privacy, menu=Where.PRIVATE, needs_group=False),
    Command("link", linking.link, where=Where.GROUP, needs_group=False),
    Command("unlink", linking.unlink, where=Where.GROUP),
    Command("join", joining.choose, menu=Where.GROUP, members=False),
    Command("people", people.show, menu=Where.BOTH),
    Command("focal", naming.focal),
    Command("alternate", naming.alternate),
    Command("away", leave.away, menu=Where.BOTH),
    Command("back", leave.back, menu=Where.BOTH),
    Command("mydata", privacy.my_data, menu=Where.PRIVATE, needs_group=False),
    Command("forgetme", privacy.ask_forgetting, menu=Where.PRIVATE, needs_group=False),
    # decisions
    Command("decide", decisions.propose, where=Where.GROUP, menu=Where.GROUP),
    Command("decisions", decisions.listed, menu=Where.BOTH),
    Command("supersede", decisions.supersede, where=Where.GROUP, menu=Where.GROUP),
    Command("text", decision_texts.write, menu=Where.GROUP),
    # tasks
    Command("task", tasks.create, menu=Where.BOTH),
    Command("tasks", task_lists.listed, menu=Where.BOTH),
    Command("mine", task_lists.mine, menu=Where.BOTH),
    Command("done", task_moves.done, menu=Where.BOTH),
    Command("progress", task_moves.progress, menu=Where.BOTH),
    Command("blocked", task_moves.blocked, menu=Where.BOTH),
    Command("waiting", task_moves.waiting, menu=Where.BOTH),
    Command("due", task_dates.due, menu=Where.BOTH),
    Command("assign", task_changes.assign, menu=Where.BOTH),
    Command("drop", task_moves.drop),
    Command("reopen", task_moves.reopen),
    Command("step", task_checklist.step),
    Command("after", task_after.after),
    # plan
    Command("plan", activities.plan, menu=Where.BOTH),
    # meetings
    Command("meet", meetings.meet, where=Where.GROUP, menu=Where.GROUP),
    Command("meetings", meetings.listed, menu=Where.BOTH),
    # shelf
    Command("share", shelf.share, menu=Where.BOTH),
    Command("shelf", shelf_lists.listed, menu=Where.BOTH),
    # support
    Command("support", support.ask, menu=Where.BOTH),
    # status, finding, mechanism
    Command("status", status.show, menu=Where.BOTH, needs_group=False),
    Command("overdue", status.overdue, menu=Where.BOTH),
    Command("find", finding.find, menu=Where.BOTH),
    Command("mechanism", mechanism.show, menu=Where.BOTH),
    # calendars
    Command("calendar", calendar.show, menu=Where.BOTH),
    Command("when", when.show, menu=Where.BOTH),
    Command("travel", travel.travel, menu=Where.BOTH),
    Command("term", terms.term),
)

NUMBERED: Mapping[str, Handler] = {  # /a4, /d3, /f6, /m2, /s5, /t17, /t17a
    "a": activities.show,
    "d": decisions.show,
    "f": shelf.send,
    "m": meetings.show,
    "s": support.show,
    "t": tasks.show,
}

PRESSES: Mapping[str, Handler] = {
    # starting, people
    "help.show": starting.explain,
    "privacy.show": starting.explain_privacy,
    "group.choose": starting.choose_group,
    "language.choose": language.choose,
    "unlink.confirm": linking.confirm,
    "unlink.keep": linking.keep,
    "join.choose": joining.choose,
    "join.side": joining.ask,
    "join.confirm": joining.confirm,
    "join.refuse": joining.refuse,
    "focal.accept": naming.accept,
    "focal.decline": naming.decline,
    "people.invite": inviting.offer,
    "invite.side": inviting.make,
    "leave.change": leave.change,
    "leave.month": leave.month,
    "leave.picked": leave.picked,
    "leave.call_off": leave.call_off,
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
    "decision.text": decision_texts.ask_text,
    "decision.text_for_person": decision_text_records.for_person,
    "decision.text_contest": decision_text_records.contest,
    "decision.text_language": decision_texts.in_language,
    "decision.text_confirm": decision_texts.confirm,
    "decision.text_whole": decision_texts.whole,
    # tasks
    "tasks.page": task_lists.page,
    "task.show": tasks.shown,
    "task.card": tasks.card,
    "task.history": task_history.history,
    "task.done": task_moves.done,
    "task.progress": task_moves.progress,
    "task.blocked": task_moves.blocked,
    "task.waiting": task_moves.waiting,
    "task.drop": task_moves.drop,
    "task.reopen": task_moves.reopen,
    "task.accept": task_acceptance.accept,
    "task.decline": task_acceptance.decline,
    "task.evidence": task_evidence.wanted,
    "task.steps": task_checklist.listed,
    "task.step": task_checklist.step,
    "task.tick": task_checklist.tick,
    "task.after": task_after.after,
    "task.confirm": task_signing.confirm,
    "task.send_back": task_signing.send_back,
    "task.files": task_files.files,
    "task.file": task_files.file,
    "task.due": task_dates.due,
    "task.due_ask": task_dates.ask_due,
    "task.due_set": task_dates.picked,
    "task.due_accept": task_dates.accept_due,
    "task.due_keep": task_dates.keep_due,
    "task.month": task_dates.month,
    "calendar.still": task_dates.still,
    "task.who": task_changes.who,
    "task.give": task_changes.give,
    "task.side": task_changes.side,
    "task.area": task_changes.area,
    "task.area_set": task_changes.set_area,
    "task.activity": activity_tasks.choose,
    # plan
    "plan.all": activities.all_areas,
    "plan.area": activities.area,
    "plan.new": activities.new,
    "activity.show": activities.shown,
    "activity.card": activities.card,
    "activity.tasks": activity_tasks.listed,
    "activity.task": activity_tasks.new,
    "activity.change": activity_changes.change,
    "activity.month": activity_changes.month,
    "activity.day": activity_changes.day,
    "activity.lead": activity_changes.lead,
    "activity.support": activity_changes.support,
    "activity.area": activity_changes.area,
    "activity.output": activity_changes.output,
    "activity.indicators": activity_changes.indicators,
    "activity.count": activity_changes.count,
    "activity.participants": activity_changes.participants,
    "activity.delay": activity_changes.delay,
    "activity.title": activity_changes.title,
    "activity.drop": activity_changes.drop,
    # meetings
    "meetings.page": meetings.page,
    "meeting.show": meetings.opened,
    "meeting.vote": meeting_times.vote,
    "meeting.others": meeting_times.others,
    "meeting.set_time": meeting_times.set_time,
    "meeting.coming": meeting_invitations.answer,
    # shelf
    "shelf.page": shelf_lists.page,
    "shelf.show": shelf.shown,
    "shelf.card": shelf.card,
    "shelf.send": shelf.send,
    "shelf.area": shelf.area,
    "shelf.take_off": shelf.take_off,
    # support
    "support.page": support.page,
    "support.show": support.shown,
    "support.card": support.card,
    "support.history": support_history.history,
    "support.details": support_details.ask,
    "support.kind": support_details.kind,
    "support.needed": support_details.needed,
    "support.activity": support_details.activity,
    "support.needed_ask": support_details.ask_date,
    "support.grant": support_answers.grant,
    "support.partly": support_answers.partly,
    "support.decline": support_answers.decline,
    "support.ask_back": support_answers.ask_back,
    "support.explain": support_answers.explain,
    "support.withdraw": support_answers.withdraw,
    # nudges
    "nudge.done": nudge_presses.done,
    "nudge.progress": nudge_presses.progress,
    "nudge.blocked": nudge_presses.blocked,
    "nudge.waiting": nudge_presses.waiting,
    "nudge.more": nudge_presses.more,
    "nudge.back": nudge_presses.back,
    "nudge.later": nudge_presses.later,
    "nudge.snooze": nudge_presses.snooze,
    "nudge.month": nudge_presses.month,
    "nudge.snooze_till": nudge_presses.snooze_till,
    "nudge.task": nudge_presses.task,
    "nudge.decision": nudge_presses.decision,
    "nudge.support": nudge_presses.support_request,
    # status, finding, mechanism
    "mechanism.choose": mechanism.choose,
    "mechanism.ask": mechanism.ask,
    "mechanism.set": mechanism.chosen,
    "mechanism.back": mechanism.back,
    # calendars
    "calendar.back": calendar.back,
    "calendar.year": calendar.year,
    "calendar.confirm": calendar.confirm,
    "calendar.add": calendar_days.add,
    "calendar.kind": calendar_days.ask_days,
    "calendar.pick": calendar_days.pick,
    "calendar.day": calendar_days.day,
    "calendar.remove": calendar_days.remove,
    "calendar.turn": calendar_days.turn,
    "calendar.rename": calendar_days.rename,
    "calendar.own": calendar_days.own,
    "calendar.own_remove": calendar_days.own_remove,
    "calendar.import": calendar_import.ask,
    "calendar.write": calendar_import.write,
    "calendar.drop": calendar_import.drop,
    "travel.call_off": travel.call_off,
    "term.list": terms.listed,
    "term.set": terms.chosen,
    "term.undo": terms.undo,
    "status.group": status.into,
    "status.overview": status.all_groups,
    "status.picture": pictures.of_status,
    "plan.picture": pictures.of_plan,
    "overdue.page": status.overdue_page,
    "find.page": finding.page,
}

DIALOGUES: Mapping[str, Handler] = {
    # starting, people
    "leave.dates": leave.dates,
    # decisions
    "decision.reason": decision_answers.objected,
    "decision.withdraw_reason": decision_answers.withdrawn,
    "decision.reason_for": decision_records.reason_for,
    "decision.evidence": decision_records.recorded,
    "decision.text_evidence": decision_text_records.recorded,
    "decision.text": decision_texts.typed,
    "decision.text_language": decision_texts.language_typed,
    # tasks
    "task.blocked": task_moves.blocked,
    "task.drop": task_moves.drop,
    "task.decline": task_acceptance.decline,
    "task.due": task_dates.due,
    "task.evidence": task_evidence.given,
    "task.step": task_checklist.step,
    "task.after": task_after.after,
    "task.proof": task_moves.proof,
    "task.send_back": task_signing.send_back,
    # plan
    "plan.named": activities.typed,
    "activity.task": activity_tasks.new,
    "activity.output": activity_changes.output,
    "activity.indicators": activity_changes.indicators,
    "activity.count": activity_changes.count,
    "activity.participants": activity_changes.participants,
    "activity.delay": activity_changes.delay,
    "activity.title": activity_changes.title,
    "activity.drop": activity_changes.drop,
    # meetings
    "meeting.time": meeting_times.time_typed,
    # support
    "support.needed": support_details.typed,
    "support.partly": support_answers.partly,
    "support.decline": support_answers.decline,
    "support.ask_back": support_answers.ask_back,
    "support.explain": support_answers.explain,
    # status, finding, mechanism
    "mechanism.typed": mechanism.typed,
    # calendars
    "calendar.days": calendar_days.days,
    "calendar.name": calendar_days.name,
    "calendar.renamed": calendar_days.renamed,
    "calendar.file": calendar_import.sent,
    "travel.words": travel.words,
}

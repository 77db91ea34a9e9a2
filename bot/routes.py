"""The visible table of routes: which handler answers which command and typed answer; presses stand in presses.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Flag, auto

from bot.later import (
    activities,
    activity_changes,
    activity_tasks,
    agendas,
    calendar,
    calendar_days,
    calendar_import,
    decision_answers,
    decision_edits,
    decision_records,
    decision_reviews,
    decision_text_records,
    decision_texts,
    decisions,
    finding,
    joining,
    language,
    leave,
    linking,
    matrices,
    mechanism,
    meeting_agreements,
    meeting_arranging,
    meeting_minutes,
    meeting_notes,
    meeting_series,
    meeting_times,
    meetings,
    minutes_records,
    naming,
    people,
    playbook_starting,
    playbooks,
    privacy,
    recurrence,
    reporting,
    sessions,
    shelf,
    shelf_lists,
    starting,
    status,
    support,
    support_answers,
    support_details,
    task_acceptance,
    task_after,
    task_changes,
    task_checklist,
    task_dates,
    task_evidence,
    task_lists,
    task_moves,
    task_signing,
    task_wording,
    tasks,
    terms,
    travel,
    when,
)
from handlers.request import Handler


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
    Command("review", decision_reviews.review),
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
    Command("reword", task_wording.reword),
    Command("drop", task_moves.drop),
    Command("reopen", task_moves.reopen),
    Command("step", task_checklist.step),
    Command("after", task_after.after),
    Command("repeat", recurrence.repeat),
    # plan
    Command("plan", activities.plan, menu=Where.BOTH),
    # meetings
    Command("meet", meetings.meet, where=Where.GROUP, menu=Where.GROUP),
    Command("meetings", meetings.listed, menu=Where.BOTH),
    Command("agenda", agendas.agenda, menu=Where.BOTH),
    Command("open", sessions.open_, where=Where.GROUP, menu=Where.GROUP),
    Command("next", sessions.next_, where=Where.GROUP),
    Command("note", meeting_notes.note, menu=Where.BOTH),
    Command("agreed", meeting_agreements.agreed, where=Where.GROUP),
    Command("close", sessions.close, where=Where.GROUP),
    Command("photo", meeting_series.photo),
    # shelf
    Command("share", shelf.share, menu=Where.BOTH),
    Command("shelf", shelf_lists.listed, menu=Where.BOTH),
    # support
    Command("support", support.ask, menu=Where.BOTH),
    Command("playbook", playbooks.show, menu=Where.BOTH),
    Command("import", matrices.show, menu=Where.BOTH),
    # status, finding, mechanism
    Command("status", status.show, menu=Where.BOTH, needs_group=False),
    Command("overdue", status.overdue, menu=Where.BOTH),
    Command("report", reporting.show, menu=Where.BOTH),
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

EDITED: Mapping[str, Handler] = {  # the command of a message that was changed: it never runs again
    "decide": decision_edits.edited,
    "task": task_wording.edited,
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
    "decision.review": decision_reviews.review,
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
    "task.repeat": recurrence.repeat,
    "task.proof": task_moves.proof,
    "task.send_back": task_signing.send_back,
    # plan
    "plan.named": activities.typed,
    "playbook.sent": playbooks.sent,
    "matrix.sent": matrices.sent,
    "playbook.title": playbook_starting.title,
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
    "meeting.place": meeting_arranging.place,
    "meeting.interpreter": meeting_arranging.interpreter,
    "meeting.cancel": meeting_arranging.cancel,
    "agenda.text": agendas.typed,
    "session.guests": sessions.guests,
    "minutes.reason": meeting_minutes.objected,
    "minutes.reason_for": minutes_records.reason_for,
    "minutes.evidence": minutes_records.recorded,
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

"""What every command is for: one line for the menus, how to write it, and a few sentences with an example."""

from collections.abc import Callable, Mapping

from handlers.views.help_meetings import MEETINGS
from handlers.views.help_people import PEOPLE
from handlers.views.help_support import SUPPORT_HELP
from handlers.views.help_topic import Topic
from handlers.voice import Say

HELP: Mapping[str, Callable[[Say], Topic]] = {
    **MEETINGS,
    **PEOPLE,
    "decide": lambda say: Topic(
        say("Propose a decision to both sides"),
        say("/decide TEXT"),
        say(
            "I give it a number and show it with buttons. It is agreed when the focal points of both sides agreed. "
            "As a reply to a message, it takes the text of that message. "
            "Example: <code>/decide Both colleges use the same module plan from May on</code>"
        ),
    ),
    "decisions": lambda say: Topic(
        say("List decisions: open, agreed or all"),
        say("/decisions [open|agreed|all]"),
        say("Without a word behind it, it lists what is open. Example: <code>/decisions agreed</code>"),
    ),
    "d3": lambda say: Topic(
        say("Show one decision, here D3"),
        say("/d3"),
        say("The number behind the d is the decision's. The button below the card shows its history."),
    ),
    "supersede": lambda say: Topic(
        say("Propose a decision in place of an older one"),
        say("/supersede D3 TEXT"),
        say(
            "The new text replaces D3 once both sides agree to it. Until then D3 stands as it is. "
            "Example: <code>/supersede D3 The module plan starts in June</code>"
        ),
    ),
    "text": lambda say: Topic(
        say("Write a decision in one more language"),
        say("/text D3 TEXT"),
        say(
            "I tell the language by its letters, and ask where they leave a choice. The original stays as it is. "
            "As a reply to a message, <code>/text D3</code> takes the text of that message. "
            "The focal point of the side whose language it is confirms the wording by button."
        ),
    ),
    "task": lambda say: Topic(
        say("Give somebody a task with a date"),
        say("/task TEXT [@who …] [by DATE] [#area]"),
        say(
            "Who, when and the area may also be given afterwards by buttons. Several persons get one part each. "
            "As a reply to a message, it takes the text of that message. "
            "Example: <code>/task Send the module plan @trainer by 30 April #curriculum</code>"
        ),
    ),
    "tasks": lambda say: Topic(
        say("List tasks: open, overdue, of a person, area or side"),
        say("/tasks [open|overdue|@who|#area|side]"),
        say("Without a word behind it, it lists what is open. Example: <code>/tasks #curriculum</code>"),
    ),
    "t17": lambda say: Topic(
        say("Show one task, here T17"),
        say("/t17"),
        say("The number behind the t is the task's. The card has buttons for everything that can be done with it."),
    ),
    "mine": lambda say: Topic(
        say("My own open tasks"),
        say("/mine"),
        say("It lists what you have to do, the next date first. It works here and in private."),
    ),
    "done": lambda say: Topic(
        say("Report a task as done"),
        say("/done T17 [note]"),
        say(
            "A file, a photo, a video, a voice message or a link sent with it is kept as evidence. It can also be a "
            "reply to one of these. As a reply to the card of a task, the number may be left out. "
            "Example: <code>/done T17 Sent to both colleges</code>"
        ),
    ),
    "progress": lambda say: Topic(
        say("Report that a task is in progress"),
        say("/progress T17 [note]"),
        say("Example: <code>/progress T17 First half is translated</code>"),
    ),
    "blocked": lambda say: Topic(
        say("Report that a task cannot go on, and why"),
        say("/blocked T17 REASON"),
        say("The reason is shown on the card. Example: <code>/blocked T17 The room is not free before May</code>"),
    ),
    "waiting": lambda say: Topic(
        say("Report that a task waits for the other side"),
        say("/waiting T17 [REASON]"),
        say("I then ask the other side's focal point. Example: <code>/waiting T17 We need the list of trainers</code>"),
    ),
    "due": lambda say: Topic(
        say("Set or change the date of a task"),
        say("/due T17 DATE"),
        say(
            "A date can be 2026-04-30, 30/4, 30 April, tomorrow, Friday or in 3 days. "
            "Example: <code>/due T17 30 April</code>"
        ),
    ),
    "assign": lambda say: Topic(
        say("Give a task to somebody"),
        say("/assign T17 @who"),
        say("A person of the other side accepts or declines it. Example: <code>/assign T17 @trainer</code>"),
    ),
    "reword": lambda say: Topic(
        say("Put a task into other words"),
        say("/reword T17 TEXT"),
        say(
            "Whoever has to do it is told. You can also change your own message: I ask then whether the task changes. "
            "Example: <code>/reword T17 Send the list of trainers</code>"
        ),
    ),
    "drop": lambda say: Topic(
        say("Cancel a task, and say why"),
        say("/drop T17 REASON"),
        say(
            "Nothing is deleted: the task stays with its history. Example: <code>/drop T17 Done by the ministry</code>"
        ),
    ),
    "reopen": lambda say: Topic(
        say("Open a closed task again"),
        say("/reopen T17"),
        say("Whoever closed his own task can do this for 24 hours; a focal point or a coordinator at any time."),
    ),
    "away": lambda say: Topic(
        say("Say from when until when you are away"),
        say("/away FROM TO"),
        say(
            "Your alternate is asked meanwhile, and I do not remind you. "
            "Example: <code>/away 13 April to 17 April</code>"
        ),
    ),
    "back": lambda say: Topic(
        say("Say that you are back"),
        say("/back"),
        say("It ends your leave today. A leave that has not begun is called off."),
    ),
    "plan": lambda say: Topic(
        say("The implementation plan: activities by area"),
        say("/plan [#area | add TITLE #area]"),
        say(
            "It shows areas, then activities, then their tasks, by button. A task joins an activity with its name "
            "behind the text: <code>/task Book the room A4</code>. Focal points and coordinators plan and change. "
            "Example: <code>/plan add Exchange visit of trainers #trainers</code>"
        ),
    ),
    "a4": lambda say: Topic(
        say("Show an activity: period, sides, numbers, tasks"),
        say("/a4"),
        say(
            "A letter and a number: /a4 shows activity A4. How it stands follows from its tasks. "
            "Done: all of them are done. Late: its last day is past with something left, or a task is more than two "
            "weeks overdue. At risk: a task is overdue or blocked, or it has begun without any task. "
            "Planned: it has not begun. Else it is on track."
        ),
    ),
    "playbook": lambda say: Topic(
        say("Start an event with all its steps and dates"),
        say("/playbook"),
        say(
            "It asks for the first and the last day and for the side that hosts, and writes an activity with all its "
            "tasks. What falls before the event is rounded back to a working day of the side that does it, what "
            "falls after it forward. Change the period of the activity, and the open steps move along. "
            "With a file, or as a reply to one, it adds a playbook of your group."
        ),
    ),
    "import": lambda say: Topic(
        say("Take over an action matrix from XLSX or CSV"),
        say("/import [undo]"),
        say(
            "Send the file with the command under it, or write it as a reply to the file. The columns may be called "
            "activity, responsible, due date, status and remarks, in English, Chinese or Lao. I show what I read and "
            "which rows I cannot read; after your yes everything is written at once. <code>/import undo</code> takes "
            "it back for 24 hours, as long as nothing of it was changed."
        ),
    ),
    "status": lambda say: Topic(
        say("How things stand, by area and side"),
        say("/status [#area|side|all]"),
        say(
            "It counts what is done, open and overdue, and says what waits for which side. "
            "A coordinator gets every group in private. Example: <code>/status #curriculum</code>"
        ),
    ),
    "overdue": lambda say: Topic(
        say("What is past its date"),
        say("/overdue"),
        say("It lists tasks, not persons."),
    ),
    "report": lambda say: Topic(
        say("A report of a quarter or month, to open and to sign"),
        say("/report [QUARTER|MONTH|FROM TO]"),
        say(
            "Meetings, decisions, activities with delays, participants and what comes next, as Word, Excel or CSV. "
            "For focal points and coordinators; the group hears that it was made. "
            "Example: <code>/report Q2</code> or <code>/report 2026-04</code>"
        ),
    ),
    "find": lambda say: Topic(
        say("Search decisions, tasks, activities and people"),
        say("/find WORDS"),
        say("It finds what contains all the words, in this group. Example: <code>/find module plan</code>"),
    ),
    "mechanism": lambda say: Topic(
        say("The rules of this group in words"),
        say("/mechanism"),
        say(
            "It says who agrees, when I remind and when the weekly summary comes. A coordinator changes it by buttons."
        ),
    ),
    "term": lambda say: Topic(
        say("Say a word of the glossary differently in this group"),
        say("/term [TERM = WORD]"),
        say(
            "A coordinator replaces a term of the glossary, in the language it is written in, in everything I say "
            "here. Without words it shows the list. Example: <code>/term focal point = contact person</code>"
        ),
    ),
    "calendar": lambda say: Topic(
        say("The next days off of both sides"),
        say("/calendar"),
        say(
            "It lists days off and make-up working days with their names. A coordinator confirms a year and changes "
            "days there; a focal point writes his institution's own days, such as a semester break."
        ),
    ),
    "when": lambda say: Topic(
        say("When both sides are at work, for two weeks"),
        say("/when"),
        say("It shows for each day who works and which hours both sides have in common, by the clocks of both."),
    ),
    "travel": lambda say: Topic(
        say("Say that you work in another city for a while"),
        say("/travel FROM TO CITY"),
        say(
            "I remind you in working hours of that place then. "
            "Example: <code>/travel 13 April to 17 April Kunming</code>. Without words it shows what is written down."
        ),
    ),
    "mydata": lambda say: Topic(
        say("Get everything stored about you, as a file"),
        say("/mydata"),
        say("The file comes in the private chat only."),
    ),
    "forgetme": lambda say: Topic(
        say("Have your name and account removed"),
        say("/forgetme"),
        say(
            "I ask once more before I do it. Decisions and tasks of the group stay, "
            "with “former member” in place of your name."
        ),
    ),
    **SUPPORT_HELP,
}

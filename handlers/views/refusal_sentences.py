"""What each kind of refusal says, and the buttons below some."""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from handlers import refusals as no
from handlers.refusals import Refusal
from handlers.reply import Button, Rows
from handlers.rules.terms import LONGEST as LONGEST_WORD
from handlers.rules.text import clip
from handlers.views import joining, starting
from handlers.views.calendar_import import sheet_faults
from handlers.views.help_topics import HELP
from handlers.views.language import language_name
from handlers.views.matrices import import_stays, matrix_unread
from handlers.views.playbooks import playbook_faults
from handlers.views.refused_dates import QUOTED, date_unread
from handlers.views.refused_states import not_now
from handlers.voice import Say

Values = Mapping[str, Any]


def _not_yours(say: Say, _values: Values) -> Markup:
    return say("There is no such thing here, or it is not yours to change. /people shows whom you can ask.")


def _only_in_private(say: Say, values: Values) -> Markup:
    if not values.get("link"):
        return say("That is only between you and me: write it in the private chat.")
    return say(
        'That is only between you and me: write it in the <a href="{link}">private chat</a>.', link=values["link"]
    )


def _nothing_written(say: Say, values: Values) -> Markup:
    command = values.get("command", "")
    if command not in HELP:
        return say("I found no words in that. Please write it again with words.")
    return say("Something is missing. It is written like this: <code>{usage}</code>", usage=HELP[command](say).usage)


def _reason_needed(say: Say, values: Values) -> Markup:
    command = values.get("command", "")
    if command not in HELP:
        return say("Please say why, in a few words.")
    return say("Please add why, like this: <code>{usage}</code>", usage=HELP[command](say).usage)


def _nothing_to_share(say: Say, _values: Values) -> Markup:
    return say(
        "I found no file and no link. Write /share as a reply to the message with the file, or below a file you send."
    )


def _too_many_steps(say: Say, values: Values) -> Markup:
    return say(
        "{name} has {limit} steps already. Please give another task.",
        name=values.get("name", ""),
        limit=values.get("limit", ""),
    )


def _repeat_unread(say: Say, values: Values) -> Markup:
    return say(
        "I cannot read “{text}” as a rule. You can write every Monday, every month on the 5th, "
        "first working day of the month, quarterly, or off.",
        text=clip(str(values.get("text", "")), QUOTED),
    )


def _in_a_circle(say: Say, values: Values) -> Markup:
    return say(
        "{other} itself waits for {name}, so {name} cannot come after it.",
        other=values.get("other", ""),
        name=values.get("name", ""),
    )


def _no_such_choice(say: Say, values: Values) -> Markup:
    choices = say.all_of([str(choice) for choice in values.get("choices", ())])
    return say("I do not know that choice. You can write: {choices}.", choices=choices)


def _groups(_say: Say, values: Values) -> Rows:
    return tuple(
        (Button(clip(name, QUOTED), "group.choose", {"group": group_id}),) for group_id, name in values["groups"]
    )


SENTENCES: Mapping[type[Refusal], Callable[[Say, Values], Markup]] = {
    no.NotYours: _not_yours,
    no.NoSuchRecord: _not_yours,
    no.NotForYouToLink: lambda say, _: say(
        "Only a coordinator of the working group binds a chat to it: please let one write this line here. "
        "The code stays good."
    ),
    no.NotAMember: lambda say, _: say("You are not a member of this working group yet. Write /join in its chat."),
    no.NotConfirmedYet: lambda say, _: joining.waits(say),
    no.NoGroupHere: lambda say, _: say(
        "There is no working group here yet. Write /join in the chat of your group; "
        "a coordinator binds a chat with <code>/link CODE</code>."
    ),
    no.InNoGroup: lambda say, _: starting.in_no_group(say),
    no.WhichGroup: lambda say, _: say("You are in several working groups. Which one is it about?"),
    no.WhichQuestion: lambda say, _: say(
        "You were asked something in more than one group. Please reply to the question itself there, "
        "or write /cancel here to leave them all."
    ),
    no.OnlyInGroups: lambda say, _: say("That works in the chat of a working group only. Please write it there."),
    no.OnlyInPrivate: _only_in_private,
    no.PatternUnread: lambda say, values: say(
        "I cannot read “{text}”. Please write it like this: <code>{example}</code>",
        text=clip(str(values.get("text", "")), QUOTED),
        example=values.get("example", ""),
    ),
    no.TermUnread: lambda say, values: say(
        "I cannot read “{text}”. Please write a term of the glossary and your word for it (at most {most} characters), "
        "for example <code>/term focal point = contact person</code>",
        text=clip(str(values.get("text", "")), QUOTED),
        most=LONGEST_WORD,
    ),
    no.NothingWritten: _nothing_written,
    no.ReasonNeeded: _reason_needed,
    no.DateUnread: date_unread,
    no.NotNow: not_now,
    no.WhoIsThat: lambda say, values: say(
        "I do not know {shown} in this group. Whoever is new writes /join and is confirmed first; "
        "somebody without a username is named by a reply to one of his messages.",
        shown=say.name(clip(str(values.get("shown", "")), QUOTED)),
    ),
    no.StaleButton: lambda say, _: say("This button has had its time. Please ask for the card or the list again."),
    no.AnonymousSender: lambda say, _: say(
        "I cannot see who you are. Please write as yourself: not anonymously, not as a channel."
    ),
    no.BadCode: lambda say, _: say(
        "This code does not work: it may be used up or older than a week. Please ask for a new one."
    ),
    no.NotHeard: lambda say, _: say("I cannot listen. Please write it; /help shows what you can write."),
    no.FileUnasked: lambda say, _: say(
        "I did not ask for a file. To keep it for your group, send it again with /share below it; "
        "with <code>/done T17</code> below it, it is the evidence of a task."
    ),
    no.NotUnderstood: lambda say, _: say("I did not understand that. /help shows what you can write."),
    no.TooLong: lambda say, values: say(
        "That is too long: {length} characters, and at most {limit} fit. Please shorten it.",
        length=values.get("length", ""),
        limit=values.get("limit", ""),
    ),
    no.NoSuchChoice: _no_such_choice,
    no.AlreadyReplaced: lambda say, values: say(
        "{other} already waits to take the place of {name}. Agree on it or withdraw it first.",
        name=values.get("name", ""),
        other=values.get("other", ""),
    ),
    no.OnBehalfOff: lambda say, _: say(
        "By the rules of this group nobody records answers for others. /mechanism shows the rules."
    ),
    no.NobodyToRecordFor: lambda say, values: say(
        "There is nobody for whom an answer to {name} could be recorded: "
        "each side answered itself or has no focal point.",
        name=values.get("name", ""),
    ),
    no.AlreadyLinked: lambda say, values: say(
        "This chat already belongs to the working group <b>{group}</b>.", group=values.get("group", "")
    ),
    no.AlreadyMember: lambda say, values: say(
        "You are a member of <b>{group}</b> already. The invitation stays good for somebody else.",
        group=values.get("group", ""),
    ),
    no.NotOfASide: lambda say, values: say(
        "{name} belongs to no side of this group. A focal point or an alternate speaks for a side.",
        name=say.name(values.get("name", "")),
    ),
    no.HasThePost: lambda say, values: say(
        "{name} is the focal point of that side and cannot be the alternate too.", name=say.name(values.get("name", ""))
    ),
    no.WhichPart: lambda say, values: say(
        "{name} has several persons. Please name one, like this: <code>/{command} {example}</code>",
        name=values.get("name", ""),
        command=values.get("command", ""),
        example=values.get("example", ""),
    ),
    no.OneAtATime: lambda say, values: say(
        "{name} can be given to one person. For several persons, /task makes a new one with a part for each.",
        name=values.get("name", ""),
    ),
    no.TooManyPersons: lambda say, values: say(
        "One task can have at most {limit} persons. Please divide it into several tasks.", limit=values.get("limit", "")
    ),
    no.OnlyReads: lambda say, values: say(
        "{shown} is an observer of this group and has no tasks.",
        shown=say.name(clip(str(values.get("shown", "")), QUOTED)),
    ),
    no.TooLateToReopen: lambda say, values: say(
        "{name} was closed more than 24 hours ago. The focal point of its side or a coordinator can reopen it.",
        name=values.get("name", ""),
    ),
    no.NothingToShare: _nothing_to_share,
    no.TooManySteps: _too_many_steps,
    no.InACircle: _in_a_circle,
    no.RepeatUnread: _repeat_unread,
    no.NoEvidence: lambda say, _: say("I see no file, photo or link in that. Please send one, or write /cancel."),
    no.LeaveBackwards: lambda say, _: say("The last day is before the first one. Please write /away FROM TO again."),
    no.OriginalStays: lambda say, values: say(
        "{name} was written in {language}, and the original stays as it is. "
        "/supersede proposes a new text in its place.",
        name=values.get("name", ""),
        language=language_name(say, str(values.get("language", ""))),
    ),
    no.WordingStands: lambda say, values: say(
        "The wording of {name} in {language} belongs to what both sides agreed. "
        "/supersede proposes a new text in its place.",
        name=values.get("name", ""),
        language=language_name(say, str(values.get("language", ""))),
    ),
    no.OtherLanguage: lambda say, values: say(
        "That does not look like {language}. Please write the text in {language}.",
        language=language_name(say, str(values.get("language", ""))),
    ),
    no.DaysBackwards: lambda say, _: say("The last day is before the first one. Please write both days again."),
    no.TooManyDays: lambda say, values: say(
        "These are more than {limit} days. Please write them in several parts.", limit=values.get("limit", "")
    ),
    no.NameUnread: lambda say, _: say("Please write a name of at most 100 letters."),
    no.CityUnknown: lambda say, values: say(
        "I do not know the city in “{text}”. Please end with a large city in the same time zone, "
        "or with the zone itself, such as <code>Asia/Bangkok</code>.",
        text=clip(str(values.get("text", "")), QUOTED),
    ),
    no.FileUnread: lambda say, values: say(
        "I could not read a calendar in that. Please send a CSV file in UTF-8, or its lines as text, like this:\n"
        "<pre>{example}</pre>",
        example=values.get("example", ""),
    ),
    no.SheetFaulty: sheet_faults,
    no.TableUnread: lambda say, values: say(
        "I could not read a table in that. Please send a CSV or XLSX file of at most 1 MB, for example:\n"
        "<pre>{example}</pre>",
        example=values.get("example", ""),
    ),
    no.PlaybookFaulty: playbook_faults,
    no.MatrixUnread: matrix_unread,
    no.ImportStays: import_stays,
    no.NotANumber: lambda say, values: say(
        "I do not find the numbers in “{text}”. Please write them like this: <code>{example}</code>",
        text=clip(str(values.get("text", "")), QUOTED),
        example=values.get("example", ""),
    ),
    no.NoCommonHours: lambda say, values: say.n(
        "Both sides have no {number} minute in common in the coming weeks. "
        "Please choose a shorter meeting or set a time.",
        "Both sides have no {number} minutes in common in the coming weeks. "
        "Please choose a shorter meeting or set a time.",
        values.get("minutes", 0),
    ),
    no.MeetingGoesOn: lambda say, values: say(
        "{name} is going on. Please close it first: <code>/close</code>", name=values.get("name", "")
    ),
    no.NoMeetingOn: lambda say, _: say(
        "No meeting is going on. Please open one first, for example <code>/open M2</code>; /meetings lists them."
    ),
    no.NotModerator: lambda say, values: say(
        "What both sides agree to in {name} is recorded by its moderator. "
        "On its card /{card}, “Arrange” and then “Moderator” says who that is.",
        name=values.get("name", ""),
        card=values.get("name", "").casefold(),
    ),
    no.NotAway: lambda say, _: say("You are not away, and no leave is written down. /away FROM TO writes one down."),
}

ROWS: Mapping[type[Refusal], Callable[[Say, Values], Rows]] = {no.WhichGroup: _groups}

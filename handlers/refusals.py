"""Why something was not done. Each is an answer with a sentence (views/refusals.py); only our own faults are errors."""

from typing import Any


class Refusal(Exception):
    """Somebody asked for what cannot be done like this; nothing was changed, nothing he wrote is lost."""

    def __init__(self, **values: Any) -> None:
        super().__init__(type(self).__name__)
        self.values = values


class NotYours(Refusal):
    """He may not, or it does not exist: one neutral sentence for both."""


class NotModerator(NotYours):
    """What is said in a meeting is recorded by whoever leads it: values `name`."""


class NotForYouToLink(NotYours):
    """A code that binds a chat, written by somebody who coordinates nothing there."""


class NotAMember(Refusal):
    """A stranger to this group."""


class NotConfirmedYet(NotAMember):
    """He asked to join this group, and nobody has confirmed it yet."""


class NoGroupHere(Refusal):
    """This chat is bound to no working group."""


class InNoGroup(NoGroupHere):
    """In private, and the person is in no group."""


class WhichGroup(Refusal):
    """In private, and the person is in several groups: values `groups` [(id, name)]."""


class WhichQuestion(Refusal):
    """In private, and the person was asked something in several other chats."""


class OnlyInGroups(Refusal):
    """A command that makes sense only in a group."""


class OnlyInPrivate(Refusal):
    """A command whose answer is nobody else's business."""


class NoSuchRecord(Refusal):
    """No decision or task of that name in this group: values `name`."""


class NothingWritten(Refusal):
    """The command needs words or a message replied to: values `command`."""


class ReasonNeeded(Refusal):
    """An objection, a block or a drop needs a reason: values `command`."""


class DateUnread(Refusal):
    """What was given as a date is none: values `text`, `reason`."""


class NotNow(Refusal):
    """The record is in a state that does not allow it: values `name`, `state`."""


class WhoIsThat(Refusal):
    """A person who is not known in this group: values `shown`."""


class StaleButton(Refusal):
    """A button that means nothing any more."""


class AnonymousSender(Refusal):
    """An anonymous admin, a channel or a bot: nobody who could answer for it."""


class BadCode(Refusal):
    """A code or link that is unknown, used or expired."""


class NotUnderstood(Refusal):
    """Words or a command in private that mean nothing to the bot."""


class NotHeard(NotUnderstood):
    """A voice message in private."""


class FileUnasked(NotUnderstood):
    """A file in private that nobody asked for."""


class TooLong(Refusal):
    """More words than a card can show: values `limit`, `length` in UTF-16 units."""


class NoSuchChoice(Refusal):
    """A word that selects nothing: values `command`, `choices`."""


class AlreadyReplaced(Refusal):
    """Another open proposal would take the place of this decision: values `name`, `other`."""


class OnBehalfOff(Refusal):
    """The rules of the group do not let a coordinator record answers for others."""


class NobodyToRecordFor(Refusal):
    """Every side answered in its own words, or has nobody who speaks for it: values `name`."""


class AlreadyLinked(Refusal):
    """The chat or topic is bound to a working group: values `group`."""


class AlreadyMember(Refusal):
    """An invitation opened by somebody who is what it would make him: values `group`."""


class NotOfASide(Refusal):
    """Somebody who belongs to no side cannot speak for one: values `name`."""


class HasThePost(Refusal):
    """The focal point of a side cannot be its alternate: values `name`."""


class LeaveBackwards(Refusal):
    """A leave that ends before it begins."""


class NotAway(Refusal):
    """Nothing to come back from."""


class WhichPart(Refusal):
    """A task of several persons, and no part was named: values `name`, `example`, `command`."""


class OneAtATime(Refusal):
    """A task can be given on to one person: values `name`."""


class TooManyPersons(Refusal):
    """More persons than one task can have: values `limit`."""


class OnlyReads(Refusal):
    """An observer has no tasks: values `shown`."""


class TooLateToReopen(Refusal):
    """Whoever closed his own task may take that back for 24 hours: values `name`."""


class NoEvidence(Refusal):
    """Neither a file nor a photo nor a link came with the answer."""


class NothingToShare(Refusal):
    """Neither a file nor a photo nor a link to put on the shelf."""


class TooManySteps(Refusal):
    """More lines than the checklist of a task can have: values `name`, `limit`."""


class RepeatUnread(Refusal):
    """Words that are no rule for repeating: values `text`."""


class InACircle(Refusal):
    """A task would come after itself: values `name`, `other`."""


class PatternUnread(Refusal):
    """A rule was typed in a way nobody can read: values `text`, `example`."""


class TermUnread(Refusal):
    """No `term = word`, or no term of the glossary: values `text`."""


class OriginalStays(Refusal):
    """Words in the language of the original, which is never rewritten: values `name`, `language`."""


class WordingStands(Refusal):
    """A wording that belongs to what both sides agreed: values `name`, `language`."""


class OtherLanguage(Refusal):
    """Words that are in another language than the one that was asked for: values `language`."""


class DaysBackwards(Refusal):
    """Days whose last one is before the first."""


class TooManyDays(Refusal):
    """More days at once than a calendar takes: values `limit`."""


class NameUnread(Refusal):
    """A day without a name, or with a very long one."""


class CityUnknown(Refusal):
    """No city whose clocks are known: values `text`."""


class FileUnread(Refusal):
    """No file, or one that could not be fetched or read as text: values `example`."""


class SheetFaulty(Refusal):
    """A calendar file with lines that cannot be read: values `faults`."""


class NotANumber(Refusal):
    """Words in which the numbers asked for do not stand: values `text`, `example`."""


class NoCommonHours(Refusal):
    """Both sides have no hours of that length in common: values `minutes`."""


class MeetingGoesOn(Refusal):
    """Another meeting of the group is going on: values `name`."""


class NoMeetingOn(Refusal):
    """Nothing is going on to which this could belong."""


class TableUnread(Refusal):
    """No file, or none that could be fetched and read as a table: values `example`."""


class PlaybookFaulty(Refusal):
    """A playbook with lines that cannot be read: values `faults`."""


class MatrixUnread(Refusal):
    """A table that is no action matrix, or a long one: values `example`, `most` (0 where no columns were found)."""


class ImportStays(Refusal):
    """An import of which something was changed since, so that it cannot be taken back: values `names`."""

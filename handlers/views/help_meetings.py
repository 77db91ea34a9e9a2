"""What every command around meetings is for."""

from collections.abc import Callable, Mapping

from handlers.views.help_topic import Topic
from handlers.voice import Say

MEETINGS: Mapping[str, Callable[[Say], Topic]] = {
    "meet": lambda say: Topic(
        say("Call a meeting, with a time or with times to choose"),
        say("/meet TITLE [at DATE TIME]"),
        say(
            "Without a time I propose some at which both sides work; the focal points choose by button. Everybody gets "
            "a file for his calendar. Example: <code>/meet Module plan at 12 May 10:00</code>"
        ),
    ),
    "meetings": lambda say: Topic(
        say("List meetings: coming, held or all"),
        say("/meetings [coming|held|all]"),
        say("Without a word behind it, it lists what is ahead. Example: <code>/meetings held</code>"),
    ),
    "m2": lambda say: Topic(
        say("Show one meeting, here M2"),
        say("/m2"),
        say("The number behind the m is the meeting's. The card has buttons for everything that can be done with it."),
    ),
    "agenda": lambda say: Topic(
        say("Show the agenda of a meeting, or add a point"),
        say("/agenda M2 [TEXT [@who] [10 min]]"),
        say(
            "Its buttons change the order, minutes and speakers, and offer decisions that are open and tasks that are "
            "late. Example: <code>/agenda M2 Module plan @trainer 15 min</code>"
        ),
    ),
    "open": lambda say: Topic(
        say("Open a meeting"),
        say("/open M2"),
        say(
            "From then on decisions, tasks and notes belong to the meeting, under the point of the agenda that is "
            "spoken of. /next goes to the next point, /close ends the meeting."
        ),
    ),
    "next": lambda say: Topic(
        say("Go to the next point of the agenda"),
        say("/next"),
        say("The point that was spoken of is done. What is not reached moves to the next meeting."),
    ),
    "note": lambda say: Topic(
        say("Take a note in a meeting, also of who said it"),
        say("/note [M2] [@who] TEXT"),
        say(
            "As a reply to a message, it takes the text of that message. After the meeting, with its name, it still "
            "adds to the minutes until they are agreed. Example: <code>/note @trainer The plan fits our year</code>"
        ),
    ),
    "agreed": lambda say: Topic(
        say("Record in a meeting that both sides agreed"),
        say("/agreed TEXT"),
        say(
            "The moderator writes it down for whoever speaks for each side and is there; each confirms or contests it "
            "afterwards. A side for which nobody is there answers by button. "
            "Example: <code>/agreed Both colleges start in May</code>"
        ),
    ),
    "close": lambda say: Topic(
        say("End the meeting that is going on"),
        say("/close"),
        say("I draft the minutes at once and send them to both focal points, who agree or object."),
    ),
    "photo": lambda say: Topic(
        say("Keep a photo with the minutes of a meeting"),
        say("/photo M2"),
        say("Write it below the photo you send, or as a reply to one."),
    ),
}

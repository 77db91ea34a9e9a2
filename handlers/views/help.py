"""The help: one page for everything, one page a command, and what Telegram shows before anybody writes."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from handlers.reply import Page, View
from handlers.views.help_topics import HELP
from handlers.voice import Say

_EXAMPLES = {"a": "a4", "d": "d3", "f": "f6", "m": "m2", "s": "s5", "t": "t17"}
_NUMBERED = re.compile(rf"([{''.join(_EXAMPLES)}])\d+[a-z]?")
LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")


def topic(words: str) -> str | None:
    """The command that words behind /help mean ("task", "/Task", "t17"), or None where there is none."""
    name = words.strip().removeprefix("/").partition("@")[0].casefold()
    numbered = _NUMBERED.fullmatch(name)
    known = _EXAMPLES[numbered[1]] if numbered else name
    return known if known in HELP else None


def short(command: str, say: Say) -> Markup:
    """The line of a command in Telegram's menu: plain text, at most 60 characters."""
    return HELP[command](say).short


def overview(say: Say) -> Page:
    """The commands that matter, by what people come for."""
    parts = [
        say("<b>What you can write</b>"),
        _group(say, say("Agreeing"), ("decide", "decisions")),
        _group(say, say("Doing"), ("task", "mine", "done", "tasks")),
        _group(say, say("Planning"), ("plan", "playbook", "import")),
        _group(say, say("Meeting"), ("meet", "agenda", "open", "note"))
        + LINE
        + say("/m2 shows meeting M2. Also: /meetings /next /agreed /close /photo"),
        _group(say, say("Looking"), ("status", "overdue", "report", "find")),
        _group(say, say("Sharing"), ("support", "share", "shelf"))
        + LINE
        + say("/s5 shows a request for support, /f6 sends a file from the shelf."),
        _group(say, say("People"), ("join", "people", "away", "back")),
        say("For tasks and decisions also: /step /after /repeat /review"),
        say(
            "Also: /supersede /text /progress /blocked /waiting /due /assign /reword /drop /reopen /focal /alternate "
            "/mechanism /language /term /calendar /when /travel /privacy /mydata /forgetme /cancel /link /unlink"
        ),
        say("/d3 shows decision D3, /t17 task T17, /a4 activity A4. <code>/help task</code> explains one command."),
    ]
    return Page(PARAGRAPH.join(parts))


def _group(say: Say, title: Markup, commands: Sequence[str]) -> Markup:
    lines = [Markup("<b>{}</b>").format(title)]
    lines += [Markup("/{} – {}").format(command, short(command, say)) for command in commands]
    return LINE.join(lines)


def one(command: str) -> View:
    """The page of one command of HELP."""

    def view(say: Say) -> Page:
        found = HELP[command](say)
        parts = [Markup("<b>{}</b>").format(found.short), Markup("<code>{}</code>").format(found.usage), found.more]
        return Page(PARAGRAPH.join(parts))

    return view


def unknown(words: str) -> View:
    """Nothing is called like that; the overview stands below."""

    def view(say: Say) -> Page:
        first = say("There is no command “{words}”. These there are:", words=words[:40])
        return Page(PARAGRAPH.join((first, overview(say).text)))

    return view


def description(say: Say) -> Markup:
    """What Telegram shows in an empty private chat: at most 512 characters."""
    return say(
        "I keep the agreements and tasks of a working group of two institutions in two countries. "
        "Both sides agree on a decision by button, tasks get a person and a date, "
        "and I remind everybody in his own working time. Press Start, so that I can write to you."
    )


def short_description(say: Say) -> Markup:
    """What Telegram shows in the profile: at most 120 characters."""
    return say("Agreements, tasks and reminders for a working group of two institutions in two countries.")

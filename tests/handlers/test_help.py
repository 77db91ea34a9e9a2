"""Help for every command: short in the menu, with usage and example on its page."""

import pytest

from bot.routes import COMMANDS
from handlers import starting
from handlers.rules.text import units, visible_units
from handlers.views import help as views
from handlers.views.help_topics import HELP
from handlers.voice import Say

SAY = Say("en")
PROMISED = [
    "start",
    "help",
    "language",
    "term",
    "cancel",
    "privacy",
    "link",
    "unlink",
    "join",
    "people",
    "focal",
    "alternate",
    "decide",
    "decisions",
    "d3",
    "supersede",
    "text",
    "review",
    "task",
    "tasks",
    "mine",
    "t17",
    "done",
    "progress",
    "blocked",
    "waiting",
    "due",
    "assign",
    "reword",
    "drop",
    "reopen",
    "step",
    "after",
    "repeat",
    "plan",
    "a4",
    "meet",
    "meetings",
    "agenda",
    "open",
    "next",
    "note",
    "agreed",
    "close",
    "photo",
    "m2",
    "share",
    "shelf",
    "f6",
    "support",
    "s5",
    "playbook",
    "import",
    "away",
    "back",
    "status",
    "overdue",
    "report",
    "find",
    "mechanism",
    "calendar",
    "when",
    "travel",
    "mydata",
    "forgetme",
]


def test_every_command_there_is_has_help():
    assert set(PROMISED) == set(HELP)
    assert {command.name for command in COMMANDS} <= set(HELP)


@pytest.mark.parametrize("command", PROMISED)
def test_the_line_in_the_menu_is_short_and_plain(command):
    short = views.short(command, SAY)
    assert 3 <= units(short) <= 60
    assert not set(short) & set("<>&{}")


@pytest.mark.parametrize("command", PROMISED)
async def test_each_command_has_its_page(stage, command):
    said = await stage.says("stranger", f"/help {command}", starting.explain)
    assert f"<code>/{command}" in said.text


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        pytest.param("task", "task", id="the bare name"),
        pytest.param("/Task", "task", id="with a slash and a capital"),
        pytest.param("/task@focalpoint_bot", "task", id="addressed to the bot"),
        pytest.param("t4b", "t17", id="one part of a task"),
        pytest.param("/d12", "d3", id="a decision of another number"),
        pytest.param("dance", None, id="no command"),
        pytest.param("d", None, id="a letter alone"),
    ],
)
def test_words_behind_help_mean_a_command(words, topic):
    assert views.topic(words) == topic


async def test_help_lists_every_command_once_in_one_message(stage):
    said = await stage.says("vte_trainer", "/help", starting.explain)
    listed = [word for word in str(said.text).replace("\n", " ").split(" ") if word.startswith("/")]
    assert len(listed) == len(set(listed))
    assert set(PROMISED) - {"a4", "d3", "f6", "t17"} <= {word[1:] for word in listed} | {"start", "help"}
    assert visible_units(str(said.text)) < 4096


async def test_an_unknown_word_gets_the_list_and_is_not_markup(stage):
    said = await stage.says("vte_trainer", "/help <b>&", starting.explain)
    assert "“&lt;b&gt;&amp;”" in said.text
    assert "/decide" in said.text


def test_the_descriptions_fit_their_places():
    assert units(views.description(SAY)) <= 512
    assert units(views.short_description(SAY)) <= 120

"""Pages as messages: two languages in one, split where they must, one message where one is edited."""

from datetime import UTC, datetime

import pytest
from markupsafe import Markup

from bot import paper
from handlers.reply import Button, Page
from handlers.rules.languages import SPOKEN
from handlers.rules.text import MESSAGE_LIMIT, visible_units
from handlers.voice import Say

NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
VOICES = [Say("lo"), Say("zh_Hans")]


def long_page(say: Say) -> Page:
    lines = [say("Reason: {reason}", reason=f"{number} {'word ' * 60}") for number in range(30)]
    return Page(Markup("\n\n").join(lines), ((Button(say("Agree"), "decision.agree", {"id": 1}),),))


def short_page(say: Say) -> Page:
    return Page(say("Agree"), ((Button(say("Agree"), "decision.agree", {"id": 1}),),))


def test_a_page_too_long_is_split_and_its_buttons_stand_on_the_last():
    parts = paper.messages(paper.render(long_page, VOICES), -1)
    assert len(parts) > 1
    assert all(visible_units(part["text"]) <= MESSAGE_LIMIT for part in parts)
    assert [("reply_markup" in part) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert sum(part["text"].count("29 word") for part in parts) == 1  # what people wrote, once


def test_an_edited_page_stays_one_message_with_its_buttons():
    edit = paper.edited(paper.render(long_page, VOICES), -1)
    assert visible_units(edit["text"]) <= MESSAGE_LIMIT
    assert edit["text"].endswith(paper.MORE)
    assert edit["text"].startswith(str(VOICES[0]("Reason: {reason}", reason="")).rstrip(" :"))
    assert edit["reply_markup"]["inline_keyboard"]


async def test_one_set_of_buttons_has_one_token_for_both_languages(database):
    async with database.writing() as session:
        (markup,) = paper.messages(paper.render(short_page, VOICES), -1)
        (alone,) = paper.messages(paper.render(short_page, VOICES[:1]), -1)
        await paper.with_tokens(session, [markup, alone], NOW)
    (both,), (one,) = (each["reply_markup"]["inline_keyboard"][0] for each in (markup, alone))
    assert both["text"] == f"{VOICES[0]('Agree')} · {VOICES[1]('Agree')}"
    assert both["callback_data"] == one["callback_data"]
    assert isinstance(one["callback_data"], str)


@pytest.mark.parametrize("language", SPOKEN)
def test_in_private_there_is_one_language(language):
    page = paper.render(long_page, [Say(language)])
    assert page.rows[0][0].label == str(Say(language)("Agree"))


def test_a_line_of_a_table_keeps_one_language_where_two_have_no_room():
    def week(say: Say) -> Page:
        days = [Button("Montag" if say.language == "lo" else "星期一", "x.y") for _ in range(6)]
        return Page(say("Agree"), ((*days, Button("15", "x.y")),))

    (row,) = paper.render(week, VOICES).rows
    assert [button.label for button in row] == ["Montag"] * 6 + ["15"]


def test_a_name_cannot_turn_a_button_around():
    rows = ((Button("Confirm \u202e<b>Ana", "join.confirm"),),)
    page = paper.render(lambda say: Page(Markup(say.language), rows), [Say(language) for language in ("lo", "zh_Hans")])
    assert page.rows[0][0].label == "Confirm <b>Ana"

"""The history of a meeting, from the journal to the sentence."""

from datetime import UTC, datetime

import pytest

from handlers import meeting_arranging, meeting_history, meetings
from handlers.reply import Edit, ShowCard
from handlers.rules.languages import SPOKEN
from handlers.rules.meeting_changes import MeetingChange
from handlers.views.meeting_history import LineFacts, sentence
from handlers.voice import Say


@pytest.mark.parametrize("language", SPOKEN)
def test_every_change_has_a_sentence_of_its_own(language):
    at = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
    told = {sentence(Say(language), LineFacts(at, change, "Keo")) for change in MeetingChange}
    assert len(told) == len(MeetingChange)
    assert sentence(Say(language), LineFacts(at, MeetingChange.MINUTES_ANSWERED, "Keo", objected=True)) not in told


async def test_who_called_it_when_it_is_and_why_it_was_called_off(stage):
    said = await stage.says("vte_trainer", "/meet Module plan at 12 May 10:00", meetings.meet)
    about = {"id": said.of(ShowCard)[0].subject_id, "group": stage.group.id}
    await stage.says("vte_trainer", "The interpreter is ill", meeting_arranging.cancel, args=about)
    shown = await stage.says("observer", "", meeting_history.history, args=about)
    text = str(shown.page(Edit).text)
    assert "⁨Trainer, Vientiane⁩ called the meeting." in text
    assert "→ " in text
    assert "10:00 Vientiane" in text
    assert "⁨Trainer, Vientiane⁩ called it off.\n<i>The interpreter is ill</i>" in text
    assert list(shown.buttons(Edit)) == ["Back to the card"]

"""/mechanism over HTTP: read by everybody, changed by the coordinator, proposed by a focal point."""

import pytest
from sqlmodel import select

from storage.tables import JournalEntry, Mechanism, Side


async def row(bed) -> Mechanism:
    async with bed.program.database.reading() as session:
        return (await session.exec(select(Mechanism))).one()


async def open_rule(bed, who, label):
    page = await bed.hears(who, "/mechanism", private=True)
    await bed.presses(who, page, label)
    return bed.last(who)


@pytest.mark.parametrize("who", ["vte_trainer", "observer"])
async def test_everybody_reads_the_rules_and_gets_no_buttons(bed, who):
    page = await bed.hears(who, "/mechanism", private=True)
    assert "both sides agreed" in page.text
    assert "2 days after" in page.text
    assert "Monday at 09:00" in page.text
    assert page.buttons == []


async def test_a_stranger_reads_nothing(bed):
    page = await bed.hears("stranger", "/mechanism")
    assert "not a member" in page.text


@pytest.mark.parametrize(
    ("label", "choice", "holds"),
    [
        ("Time to answer", "10 working days", lambda m: m.answer_days == 10),
        ("Digest", "Wed 09:00", lambda m: (m.digest_weekday, m.digest_hour) == (2, "09:00")),
        ("Quiet hours", "18:00-08:00", lambda m: m.quiet == "18:00-08:00"),
        ("Recording for others", "No, nobody", lambda m: m.on_behalf is False),
        ("Text in each language", "Yes, each side confirms its own", lambda m: m.wordings is True),
        ("Reminders", "-1 0 +1 person; +3 focal; +7 coordinator", lambda m: m.ladder.endswith("+7 coordinator")),
    ],
)
async def test_a_coordinator_changes_a_rule_with_two_presses(bed, label, choice, holds):
    page = await open_rule(bed, "coordinator", label)
    await bed.presses("coordinator", page, choice)
    assert holds(await row(bed))
    assert "rules changed" in bed.last(bed.group).text


async def test_the_group_reads_new_reminders_in_words(bed):
    page = await open_rule(bed, "coordinator", "Reminders")
    await bed.presses("coordinator", page, "-1 0 +1 person; +3 focal; +7 coordinator")
    told = bed.last(bed.group, "rules changed").text
    assert "• 1 day before: the person responsible\n• on the day: the person responsible\n" in told
    assert "• 7 days after: the coordinator" in told
    assert "+3 focal" not in told


async def test_the_working_hours_of_a_side(bed):
    page = await open_rule(bed, "coordinator", "Hours: Kunming")
    await bed.presses("coordinator", page, "Mon-Fri 08:30-12:00 14:00-17:30")
    async with bed.program.database.reading() as session:
        weeks = {side.name: side.week for side in (await session.exec(select(Side))).all()}
    assert weeks == {"Vientiane": "Mon-Fri 08:00-12:00 13:00-16:00", "Kunming": "Mon-Fri 08:30-12:00 14:00-17:30"}
    assert "working hours of Kunming" in bed.last(bed.group).text


async def test_a_rule_can_be_typed_and_a_slip_loses_nothing(bed):
    page = await open_rule(bed, "coordinator", "Quiet hours")
    await bed.presses("coordinator", page, "Write it yourself")
    answer = await bed.hears("coordinator", "at night", private=True)
    assert "20:00-07:00" in answer.text
    await bed.hears("coordinator", "21:30-06:30", private=True)
    assert (await row(bed)).quiet == "21:30-06:30"


async def test_a_focal_point_proposes_and_the_coordinator_decides(bed):
    page = await open_rule(bed, "vte_focal", "Time to answer")
    await bed.presses("vte_focal", page, "3 working days")
    assert (await row(bed)).answer_days == 5
    asked = bed.last("coordinator", "proposes")
    await bed.presses("coordinator", asked, "Make it so")
    assert (await row(bed)).answer_days == 3


async def test_the_change_stands_in_the_journal(bed):
    page = await open_rule(bed, "coordinator", "Time to answer")
    await bed.presses("coordinator", page, "10 working days")
    async with bed.program.database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.change == "mechanism changed")
        (entry,) = (await session.exec(query)).all()
    assert (entry.before["value"], entry.after["value"]) == ("5", "10")


async def test_a_members_forged_press_changes_nothing(bed):
    page = await open_rule(bed, "coordinator", "Time to answer")
    data = page.button("10 working days")["callback_data"]
    bed.cast["vte_trainer"].forges_press(page, data)
    await bed.settle()
    assert (await row(bed)).answer_days == 5

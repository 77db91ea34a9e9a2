"""A playbook as tests start it."""

from datetime import date

import pytest

from handlers import playbook_starting, playbooks
from handlers.reply import Button, Edit, ShowCard
from storage import activities, groups, journal
from storage import playbooks as stored
from storage.kinds import DayKind, Subject
from storage.tables import CountryDay

FIRST, LAST = date(2026, 9, 7), date(2026, 9, 16)
"""Monday to Wednesday of the week after; today is 1 April."""


@pytest.mark.parametrize(
    ("host", "written", "only"),
    [
        pytest.param(0, 22, "交回公务护照", id="the Chinese side is sent"),
        pytest.param(1, 22, "申请被授权单位邀请函", id="the Chinese side hosts"),
    ],
)
async def test_an_activity_with_all_its_tasks_is_written(stage, host, written, only):
    said, row = await begun(stage, host=host)
    found = await steps_of(stage, row)
    assert len({task.number for _, task in found}) == written
    assert any(only in task.text for _, task in found)
    assert (row.first_day, row.last_day, row.title) == (FIRST, LAST, "Exchange visit of trainers")
    assert set((await activities.texts(stage.session, [row.id]))[row.id]) == {"zh_Hans", "lo"}
    assert f"{written} tasks: T1–T{written}." in said.page(Edit).text
    assert said.of(ShowCard)[0].subject is Subject.ACTIVITY
    changes = [(await journal.of(stage.session, Subject.TASK, task.id))[0].change for _, task in found]
    assert set(changes) == {"task given"}


SOON = date(2026, 5, 11), date(2026, 5, 12)


async def picked(stage, who, key="exchange_visit", first=FIRST, last=LAST, host=0, private=False):
    """The playbook up to its preview."""
    sides = await groups.sides(stage.session, stage.group.id)
    said = await stage.says(who, "/playbook", playbooks.show, private=private)
    button = next(each for each in said.buttons().values() if each.args.get("key") == key)
    said = await stage.presses(who, button, playbooks.shown, private=private)
    said = await stage.presses(who, said.buttons(Edit)["Start"], playbook_starting.start, private=private)
    for day in (first, last):
        args = {**said.buttons(Edit)["Leave it"].args, "date": day.isoformat()}
        said = await stage.presses(who, Button("", "playbook.day", args), playbook_starting.day, private=private)
    said = await stage.presses(who, said.buttons(Edit)[sides[host].name], playbook_starting.host, private=private)
    said = await stage.presses(who, said.buttons(Edit)["Training of trainers"], playbook_starting.area, private=private)
    usual = next(each for each in said.buttons(Edit).values() if each.press == "playbook.usual")
    return await stage.presses(who, usual, playbook_starting.usual, private=private)


async def begun(stage, who="coordinator", **how):
    """The playbook, begun: what was said, and the activity."""
    said = await picked(stage, who, **how)
    private = {"private": how.get("private", False)}
    said = await stage.presses(who, said.buttons(Edit)["Begin"], playbook_starting.begin, **private)
    return said, (await activities.all_of(stage.session, stage.group.id))[-1]


async def steps_of(stage, row):
    return await stored.steps(stage.session, row.id)


def holiday(country, first, *more):
    for day in (first, *more):
        yield CountryDay(
            country=country, day=day, kind=DayKind.OFF, name_en="A holiday", name_local="", name_zh="", name_lo="",
            source="test", status="confirmed",
        )  # fmt: skip

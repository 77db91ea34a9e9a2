"""A playbook as tests start it."""

from datetime import date

from handlers import playbook_starting, playbooks
from handlers.reply import Button, Edit
from storage import activities, groups
from storage import playbooks as stored
from storage.kinds import DayKind
from storage.tables import CountryDay

FIRST, LAST = date(2026, 9, 7), date(2026, 9, 16)
"""Monday to Wednesday of the week after; today is 1 April."""
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

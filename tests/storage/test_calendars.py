"""The countries' days: shipped, written by hand, removed, replaced by a newer list, confirmed."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from storage import calendars, founding, groups, notices, own_days, travel
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import DayKind, YearState
from storage.tables import CountryDay, Person


@pytest.fixture
async def session(any_database):
    async with any_database.writing() as opened:
        yield opened


def day(on: str, kind: DayKind = DayKind.OFF, name: str = "Festival", **more: str) -> CountryDay:
    about = {"name_local": name, "source": "a list", "status": calendars.PROVISIONAL} | more
    return CountryDay(country="CN", day=date.fromisoformat(on), kind=kind, name_en=name, **about)


async def of_2027(session) -> dict[date, DayKind]:
    return {on: kind for on, kind in (await calendars.days(session, "CN")).items() if on.year == 2027}


async def test_the_shipped_days_have_names_in_three_languages(session):
    await calendars.load_shipped(session)
    found = (await session.exec(select(CountryDay))).all()
    assert len(found) > 100
    assert [row.day for row in found if not (row.name_en and row.name_local and row.name_zh and row.name_lo)] == []


async def test_loading_the_shipped_days_twice_changes_nothing(session):
    assert await calendars.load_shipped(session) > 100
    assert await calendars.load_shipped(session) == 0


async def test_days_without_names_get_them_with_the_next_start(session):
    await calendars.load_shipped(session)
    pi_mai = (await calendars.named(session, "LA", date(2026, 4, 14)))[0]
    pi_mai.name_zh = pi_mai.name_lo = ""
    await calendars.load_shipped(session)
    assert (pi_mai.name_zh, pi_mai.name_lo) == ("老挝新年", "ບຸນປີໃໝ່ລາວ")


async def test_a_removed_day_does_not_come_back_with_the_next_start(session):
    await calendars.load_shipped(session)
    removed = (await calendars.named(session, "CN", date(2027, 2, 10)))[0]
    await calendars.remove(session, removed)
    await calendars.load_shipped(session)
    assert date(2027, 2, 10) not in await calendars.days(session, "CN")
    assert await calendars.get(session, removed.id) is None


async def test_a_day_written_again_says_the_newest(session):
    await calendars.put(session, day("2027-02-13", DayKind.OFF))
    await calendars.put(session, day("2027-02-13", DayKind.ON, "Make-up day"))
    assert await of_2027(session) == {date(2027, 2, 13): DayKind.ON}
    await calendars.put(session, day("2027-02-13", DayKind.OFF, "Off after all"))
    assert await of_2027(session) == {date(2027, 2, 13): DayKind.OFF}


async def test_an_observance_stands_beside_a_day_off(session):
    await calendars.put(session, day("2027-05-01", DayKind.OFF))
    await calendars.put(session, day("2027-05-01", DayKind.OBSERVANCE, status=calendars.INFO))
    assert len(await calendars.named(session, "CN", date(2027, 5, 1))) == 2
    assert await of_2027(session) == {date(2027, 5, 1): DayKind.OFF}


async def test_a_newer_list_takes_an_older_one_s_place_but_not_what_a_person_wrote(session):
    await calendars.add(session, [day("2027-02-05"), day("2027-02-06")])
    await calendars.put(session, day("2027-07-01", source=calendars.BY_HAND))
    assert await calendars.take_over(session, "CN", 2027, [day("2027-02-06"), day("2027-02-08")]) == 2
    assert sorted(await of_2027(session)) == [date(2027, 2, 6), date(2027, 2, 8), date(2027, 7, 1)]


async def test_a_year_is_missing_then_provisional_then_confirmed(session, now):
    assert await calendars.unconfirmed(session, "CN", [2027]) == {2027: YearState.MISSING}
    await calendars.add(session, [day("2027-02-05"), day("2027-03-08", DayKind.OBSERVANCE, status=calendars.INFO)])
    assert await calendars.unconfirmed(session, "CN", [2027]) == {2027: YearState.PROVISIONAL}
    await calendars.confirm(session, "CN", 2027, by=None, at=now)
    await calendars.confirm(session, "CN", 2027, by=None, at=now)
    assert await calendars.unconfirmed(session, "CN", [2027]) == {}


async def test_only_an_observance_does_not_make_a_year_known(session):
    await calendars.add(session, [day("2027-03-08", DayKind.OBSERVANCE, status=calendars.INFO)])
    assert await calendars.unconfirmed(session, "CN", [2027]) == {2027: YearState.MISSING}


async def test_a_year_that_a_person_confirmed_is_left_alone(session, now):
    await calendars.add(session, [day("2027-02-05")])
    await calendars.confirm(session, "CN", 2027, by=None, at=now)
    await calendars.load_shipped(session)
    assert list(await of_2027(session)) == [date(2027, 2, 5)]


async def test_a_list_somebody_loaded_is_not_undone_by_the_next_start(session):
    await calendars.add(session, [day("2027-02-05", source="official.csv")])
    await calendars.load_shipped(session)
    assert list(await of_2027(session)) == [date(2027, 2, 5)]


async def test_own_days_are_kept_by_side_until_they_are_over(session, now):
    place = PlaceDraft("East", "Institute East", "CN", "Kunming", "Asia/Shanghai", "Mon-Fri 08:00-16:00", "en")
    rules = MechanismDraft("0 person", 5, 0, "09:00", "", 7)
    group = await founding.found(
        session, GroupDraft("A group", (place, replace(place, name="West")), None, (), rules), now
    )
    side = (await groups.sides(session, group.id))[0].id
    days = {"first": date(2026, 7, 6), "last": date(2026, 8, 28), "kind": DayKind.OFF, "name": "Semester break"}
    row = await own_days.add(session, side_id=side, by=None, at=now, **days)
    assert await own_days.of_side(session, side, since=date(2026, 8, 28)) == [row]
    assert await own_days.of_side(session, side, since=date(2026, 8, 29)) == []
    await own_days.remove(session, row)
    assert await own_days.of_side(session, side) == []


async def test_a_journey_called_off_is_none(session, now):
    person = Person(name="Trainer, Vientiane", created_at=now)
    session.add(person)
    await session.flush()
    row = await travel.write(
        session,
        person_id=person.id,
        first=date(2026, 4, 13),
        last=date(2026, 4, 17),
        city="Kunming",
        zone="Asia/Shanghai",
        at=now,
    )
    assert await travel.of(session, person.id, date(2026, 4, 17)) == [row]
    await travel.end(session, row, today=date(2026, 4, 15), at=now)
    assert travel.last_day(row) == date(2026, 4, 14)
    assert await travel.of(session, person.id, date(2026, 4, 15)) == []


async def test_a_matter_is_told_to_a_person_once(session, now):
    person = Person(name="Coordinator, project", created_at=now)
    session.add(person)
    await session.flush()
    assert await notices.tell(session, person.id, "calendar:CN:2027", now)
    assert not await notices.tell(session, person.id, "calendar:CN:2027", now)
    assert await notices.tell(session, person.id, "calendar:CN:2028", now)

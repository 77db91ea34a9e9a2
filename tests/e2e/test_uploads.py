"""Files leave by the outbox: kept in it, or made of rows at the moment they leave; the server has their bytes."""

from datetime import timedelta

from markupsafe import Markup

from bot.makers import MAKERS
from bot.outgoing import Outgoing
from bot.owing import Origin
from handlers.files import MadeFile, Maker
from handlers.reply import Button, File, Page
from storage import groups, people
from storage.engine import Database

PNG = b"\x89PNG\r\n\x1a\n the rest of a picture"


def caption(_say):
    return Page(Markup("<b>A file</b>"), ((Button("Yes", "help.show"),),))


def says(kind, content):
    """A maker whose file tells its arguments and how many sides the group has."""

    async def gather(session, args, _now):
        sides = await groups.sides(session, args["group"])
        return lambda: MadeFile(f"{args['name']}.{kind}", content or f"{args['name']}: {len(sides)}".encode())

    return Maker(gather, slow=kind == "png")


async def owed(bed, *files):
    database = Database(bed.settings.database_url)
    async with database.writing() as session:
        focal = await people.by_telegram(session, bed.cast["vte_focal"].id)
        group = (await groups.all_of(session))[0]
        effects = [
            File(maker, {"group": group.id, "name": "M2"}, caption, focal.id, group.id, f"key:{maker}", photo, caption)
            for maker, photo in files
        ]
        origin = Origin(bed.program.ticking._bot.bot_id, "test", bed.clock.now())
        await Outgoing(session, origin).put(effects)
    await database.close()
    await bed.at(bed.clock.now() + timedelta(minutes=1))


def stored(bed, message):
    """The bytes that came with a message."""
    content = message.content
    known = content["document"] if "document" in content else content["photo"][0]
    return bed.server.world.files.by_id[known["file_id"]].content


async def test_a_document_is_made_of_rows_when_it_leaves(bed, monkeypatch):
    monkeypatch.setitem(MAKERS, "notes", says("ics", None))
    await owed(bed, ("notes", False))
    message = bed.last("vte_focal", "A file")
    assert stored(bed, message) == b"M2: 2"
    assert (message.content["document"]["file_name"], message.buttons) == ("M2.ics", ["Yes"])
    assert message.content["document"]["mime_type"] == "text/calendar"


async def test_a_picture_that_takes_a_while_is_announced(bed, monkeypatch):
    monkeypatch.setitem(MAKERS, "picture", says("png", PNG))
    await owed(bed, ("picture", True))
    assert stored(bed, bed.last("vte_focal", "A file")) == PNG
    assert (bed.cast["vte_focal"].id, "upload_photo") in bed.server.world.actions


async def test_who_cannot_be_reached_reads_the_words_in_the_group(bed, monkeypatch):
    monkeypatch.setitem(MAKERS, "notes", says("ics", None))
    bed.cast["vte_focal"].blocks_bot()
    await bed.settle()
    await owed(bed, ("notes", False))
    assert "A file" in bed.last(bed.group).text
    assert not bed.server.calls("sendDocument")


async def test_a_file_that_cannot_be_made_stops_nothing(bed, monkeypatch):
    async def broken(_session, _args, _now):
        raise LookupError("no such row")

    monkeypatch.setitem(MAKERS, "broken", Maker(broken))
    monkeypatch.setitem(MAKERS, "notes", says("ics", None))
    await owed(bed, ("broken", False), ("notes", False))
    assert stored(bed, bed.last("vte_focal", "A file")) == b"M2: 2"

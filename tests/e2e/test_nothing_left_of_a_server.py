"""The files of a PostgreSQL server, byte by byte: what was never written is nowhere, what was erased can be swept out.

Erased rows stay in the pages of a table, also after a plain vacuum, and some values among the figures that the server
keeps about its columns, until both are written anew (docs/operating.md). Its own log of writes is not ours to empty;
what was never written is not in it either. Values of two kilobytes and more the server compresses: those are looked
for in its rows (`test_nothing_left.py`).
"""

import pytest

from bot.settings import DatabaseSection
from tests.e2e.leftovers import found
from tests.e2e.test_nothing_left import NUMBER, WORDS, forgets, hears_everything, known_for_long

AS_BYTES = {"the number": NUMBER.to_bytes(8, "little"), "the number as text": str(NUMBER).encode()} | {
    word: word.encode() for word in WORDS
}


@pytest.fixture
def kept(postgres, tmp_path):
    return DatabaseSection(url=postgres.new(), data_dir=str(tmp_path))


async def told(bed, *statements):
    """What the server answers to the last of these statements, each outside of a transaction."""
    async with bed.program.database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in statements:
            result = await connection.exec_driver_sql(statement)
        return result.scalar() if result.returns_rows else None


async def files(bed, postgres):
    """Every byte of the tables, indexes and figures of this database, as they lie on the disk."""
    await told(bed, "CHECKPOINT")
    number = await told(bed, "SELECT oid FROM pg_database WHERE datname = current_database()")
    folder = postgres.server.pgdata / "base" / str(number)
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


async def log_since(bed, postgres, first):
    """Every byte of the server's log of writes from this segment of it on."""
    last = await told(bed, "CHECKPOINT", "SELECT pg_walfile_name(pg_current_wal_lsn())")
    folder = postgres.server.pgdata / "pg_wal"
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if first <= file.name <= last)


def those_in(somewhere):
    return {name for name, form in AS_BYTES.items() if form in somewhere}


async def test_talk_among_people_reaches_neither_a_table_nor_the_log(bed, postgres):
    await hears_everything(bed)
    first = await told(bed, "SELECT pg_walfile_name(pg_current_wal_lsn())")
    bed.cast["vte_trainer"].writes(bed.group, "between us: brouhaha, ຊຸບຊິບ, 悄悄话")
    quoted = bed.cast["kmg_focal"].writes(bed.group, "a smorgasbord of things")
    bed.cast["vte_focal"].writes(bed.group, "and a mishmash of answers", reply_to=quoted)
    await bed.hears("vte_focal", "/task A record")
    words = ["brouhaha", "ຊຸບຊິບ", "悄悄话", "smorgasbord", "mishmash"]
    assert found(words, str(bed.server.world.updates.all).encode()) == words, "Telegram gave it to the bot"
    for there in (await files(bed, postgres), await log_since(bed, postgres, first)):
        assert found(["A record"], there), "this is where it would be"
        assert found(words, there) == []


async def test_vacuumed_in_full_it_has_no_byte_of_whoever_was_forgotten(bed, postgres):
    await known_for_long(bed)
    await told(bed, "ANALYZE")
    assert those_in(await files(bed, postgres)) == set(AS_BYTES), "this is what would be left"
    await forgets(bed)
    await told(bed, "VACUUM (FULL, ANALYZE)", "VACUUM FULL pg_statistic")
    assert those_in(await files(bed, postgres)) == set()

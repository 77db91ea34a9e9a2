"""A worker lives while its connection does, whatever its name, and nobody asks on SQLite."""

from storage.presence import Presence, is_gone


async def gone(database, worker):
    async with database.writing() as session:
        return await is_gone(session, worker)


async def test_a_name_is_held_until_it_is_let_go(shared):
    presence = Presence(shared, "first")
    assert await gone(shared, "first"), "nobody has said that he is here"
    await presence.announce()
    await presence.announce()
    assert not await gone(shared, "first")
    assert await gone(shared, "second")
    await presence.withdraw()
    assert await gone(shared, "first")


async def test_a_connection_that_the_server_ended_is_made_anew(shared):
    presence = Presence(shared, "first")
    await presence.announce()
    async with shared.engine.connect() as connection:
        await connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    await presence.announce()
    assert not await gone(shared, "first")
    await presence.withdraw()


async def test_of_those_who_ask_one_takes_over(shared):
    async with shared.writing() as one, shared.writing() as other:
        assert await is_gone(one, "first")
        assert not await is_gone(other, "first")


async def test_on_sqlite_nobody_is_gone(file_database):
    presence = Presence(file_database, "first")
    await presence.announce()
    assert not await gone(file_database, "first")
    await presence.withdraw()

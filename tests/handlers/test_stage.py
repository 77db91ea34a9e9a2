"""The stage itself: everybody is who the cast list says."""

from storage import people


async def test_the_cast_is_complete(stage):
    members = await people.members(stage.session, stage.group.id)
    assert len(members) == len(stage.cast) - 1  # the stranger is none

"""The status and the plan as pictures, asked for by a button and drawn when they leave."""

import struct

from tests.e2e.test_uploads import stored


async def asked(bed, who, command, *, private=False):
    page = await bed.hears(who, command, private=private)
    await bed.presses(who, page, "As a picture")
    return bed.last(who if private else bed.group)


def size(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


async def test_a_status_comes_as_a_picture_in_the_group(bed):
    await bed.hears("vte_focal", "/task Send the module plan by 30 April #curriculum")
    message = await asked(bed, "vte_focal", "/status")
    width, height = size(stored(bed, message))
    assert (width, height > 300) == (1440, True)
    assert "How things stand" in message.text
    assert (bed.group.id, "upload_photo") in bed.server.world.actions


async def test_the_plan_comes_as_a_picture_in_private_in_ones_own_language(bed):
    await bed.hears("vte_focal", "/plan add Exchange visit of trainers")
    message = await asked(bed, "coordinator", "/plan", private=True)
    assert size(stored(bed, message))[0] == 1440
    assert "implementation plan" in message.text


async def test_somebody_who_left_gets_no_picture(bed):
    page = await bed.hears("vte_trainer", "/status", private=True)
    await bed.hears("vte_trainer", "/forgetme", private=True)
    await bed.presses("vte_trainer", bed.last("vte_trainer"), "Forget me")
    assert await bed.presses("vte_trainer", page, "As a picture")
    assert not bed.server.calls("sendPhoto")

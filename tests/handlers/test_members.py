"""Who is meant by a mention, a reply, or a plain username."""

import pytest

from handlers import members
from handlers.heard import Mention, Quoted, Sender
from handlers.refusals import NothingWritten, WhoIsThat
from handlers.reply import Reply
from storage.kinds import Standing


@pytest.mark.parametrize(
    ("mention", "meant"),
    [
        pytest.param(Mention("@VTE_Focal", username="VTE_Focal"), "vte_focal", id="a username in other letters"),
        pytest.param(Mention("@vte_focal", username="@vte_focal"), "vte_focal", id="with the sign"),
        pytest.param(Mention("Trainer", telegram_id=7005), "kmg_trainer", id="a text mention of somebody without one"),
        pytest.param(Mention("@vte_focal", "vte_focal", 7999), None, id="a stranger's id beats the username"),
        pytest.param(Mention("@nobody", username="nobody"), None, id="nobody known"),
        pytest.param(Mention("", username=""), None, id="an empty mention never means those without a username"),
    ],
)
async def test_a_mention_means_one_member_or_nobody(stage, mention, meant):
    found = await members.who(stage.session, stage.group.id, mention)
    assert (found[1].id if found else None) == (stage.cast[meant].id if meant else None)


async def test_who_left_is_not_meant(stage):
    member, _ = await members.who(stage.session, stage.group.id, Mention("", username="vte_trainer"))
    member.standing = Standing.LEFT
    await stage.session.flush()
    assert await members.who(stage.session, stage.group.id, Mention("", username="vte_trainer")) is None


async def test_candidates_come_by_name(stage):
    found = await members.candidates(stage.session, stage.group.id)
    names = [person.name for _, person in found]
    assert names == sorted(names)
    assert len(names) == 8


async def test_candidates_of_one_side(stage):
    member, _ = await members.who(stage.session, stage.group.id, Mention("", username="kmg_focal"))
    found = await members.candidates(stage.session, stage.group.id, side_id=member.side_id)
    assert {person.id for _, person in found} == {
        stage.cast[key].id for key in ("kmg_focal", "kmg_alternate", "kmg_trainer")
    }


async def named(stage, text, **extra):
    """Whom "/focal …" names."""
    found = []

    async def handler(request):
        found.append((await members.named(request, "focal"))[1])
        return Reply()

    await stage.says("coordinator", text, handler, **extra)
    return found[0]


KMG = Sender(7005, "Trainer, Kunming")


@pytest.mark.parametrize(
    ("text", "extra", "meant"),
    [
        pytest.param("/focal @vte_trainer", {}, "vte_trainer", id="plain words"),
        pytest.param("/focal vte_trainer", {}, "vte_trainer", id="without the sign"),
        pytest.param("/focal", {"reply_to": Quoted(5, "Good day", KMG)}, "kmg_trainer", id="a reply to his message"),
        pytest.param(
            "/focal @vte_focal",
            {"mentions": (Mention("@vte_focal", "vte_focal"),), "reply_to": Quoted(5, "", KMG)},
            "vte_focal",
            id="a mention goes before the reply",
        ),
    ],
)
async def test_a_command_names_one_member(stage, text, extra, meant):
    assert (await named(stage, text, **extra)).id == stage.cast[meant].id


@pytest.mark.parametrize(
    ("text", "extra", "refusal"),
    [
        pytest.param("/focal", {}, NothingWritten, id="nobody"),
        pytest.param("/focal @nobody", {}, WhoIsThat, id="nobody known"),
        pytest.param("/focal", {"reply_to": Quoted(5, "", KMG, from_this_bot=True)}, NothingWritten, id="the bot"),
        pytest.param("/focal", {"reply_to": Quoted(5, "", Sender(1, "X"))}, WhoIsThat, id="a reply to a stranger"),
    ],
)
async def test_a_command_that_names_nobody_is_refused(stage, text, extra, refusal):
    with pytest.raises(refusal):
        await named(stage, text, **extra)

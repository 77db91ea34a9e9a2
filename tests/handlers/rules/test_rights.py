"""The matrix of rights, multiplied out against a second table that was written by hand from the agreed rules."""

from itertools import product

import pytest

from handlers.rules import rights
from handlers.rules.rights import Act, Actor, Grant, NotAllowed, Target, UnsoundMatrix, permit
from storage.kinds import Role

ME, SOMEBODY, MY_SIDE, OTHER_SIDE, MY_GROUP, OTHER_GROUP = 1, 2, 10, 20, 100, 200
FULL, PROPOSES, TWO = Grant.FULL, Grant.PROPOSES, Grant.TWO

WHO = {
    "member": Actor(ME, Role.MEMBER, MY_SIDE, group_id=MY_GROUP),
    "focal point": Actor(ME, Role.FOCAL_POINT, MY_SIDE, group_id=MY_GROUP),
    "acting alternate": Actor(ME, Role.ALTERNATE, MY_SIDE, acting=True, group_id=MY_GROUP),
    "coordinator": Actor(ME, Role.COORDINATOR, None, group_id=MY_GROUP),
    "observer": Actor(ME, Role.OBSERVER, MY_SIDE, group_id=MY_GROUP),
    "stranger": Actor(ME),
    "anon": Actor(None, Role.FOCAL_POINT, MY_SIDE, anonymous=True, group_id=MY_GROUP),
}
WHAT = {
    "own": Target(frozenset({ME, SOMEBODY}), MY_SIDE, MY_GROUP),
    "own side": Target(frozenset({SOMEBODY}), MY_SIDE, MY_GROUP),
    "other side": Target(frozenset({SOMEBODY}), OTHER_SIDE, MY_GROUP),
    "no side": Target(frozenset({SOMEBODY}), None, MY_GROUP),
}
EVERYTHING = frozenset(WHAT)
NEVER: dict[str, Grant] = {}


def on(grant: Grant, *what: str) -> dict[str, Grant]:
    return dict.fromkeys(what, grant)


YES = on(FULL, *EVERYTHING)
ASKS = on(PROPOSES, *EVERYTHING)
MINE = on(FULL, "own")
OURS = on(FULL, "own", "own side")
ASKS_MINE = on(PROPOSES, "own")
ONE_VOICE = on(TWO, "own", "own side", "no side")
ANY_VOICE = on(TWO, *EVERYTHING)

# member, focal point, acting alternate, coordinator, observer, stranger, anon
EXPECTED: dict[str, tuple[dict[str, Grant], ...]] = {
    "see": (YES, YES, YES, YES, YES, NEVER, NEVER),
    "find": (YES, YES, YES, YES, YES, NEVER, NEVER),
    "read_status": (YES, YES, YES, YES, YES, NEVER, NEVER),
    "read_mechanism": (YES, YES, YES, YES, YES, NEVER, NEVER),
    "read_help": (YES, YES, YES, YES, YES, YES, YES),
    "propose_decision": (ASKS, ASKS, ASKS, ASKS, NEVER, NEVER, NEVER),
    "supersede_decision": (ASKS, ASKS, ASKS, ASKS, NEVER, NEVER, NEVER),
    "answer_decision": (NEVER, ONE_VOICE, ONE_VOICE, NEVER, NEVER, NEVER, NEVER),
    "record_answer_for": (NEVER, NEVER, NEVER, YES, NEVER, NEVER, NEVER),
    "contest_answer": (MINE, MINE, MINE, NEVER, NEVER, NEVER, NEVER),
    "revise_decision": (ASKS, ONE_VOICE, ONE_VOICE, ASKS, NEVER, NEVER, NEVER),
    "set_review": (MINE, YES, YES, YES, NEVER, NEVER, NEVER),
    "answer_review": (NEVER, ONE_VOICE, ONE_VOICE, NEVER, NEVER, NEVER, NEVER),
    "withdraw_decision": (MINE, MINE, MINE, YES, NEVER, NEVER, NEVER),
    "write_wording": (YES, YES, YES, YES, NEVER, NEVER, NEVER),
    "change_wording": (OURS, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "confirm_wording": (NEVER, ONE_VOICE, ONE_VOICE, NEVER, NEVER, NEVER, NEVER),
    "call_meeting": (YES, YES, YES, YES, NEVER, NEVER, NEVER),
    "choose_meeting_time": (NEVER, ONE_VOICE, ONE_VOICE, NEVER, NEVER, NEVER, NEVER),
    "fix_meeting_time": (NEVER, NEVER, NEVER, YES, NEVER, NEVER, NEVER),
    "arrange_meeting": (MINE, YES, YES, YES, NEVER, NEVER, NEVER),
    "answer_invitation": (YES, YES, YES, YES, YES, NEVER, NEVER),
    "add_to_agenda": (YES, YES, YES, YES, NEVER, NEVER, NEVER),
    "run_meeting": (MINE, YES, YES, YES, NEVER, NEVER, NEVER),
    "take_note": (YES, YES, YES, YES, NEVER, NEVER, NEVER),
    "record_agreed": (MINE, MINE, MINE, YES, NEVER, NEVER, NEVER),
    "answer_minutes": (NEVER, ONE_VOICE, ONE_VOICE, NEVER, NEVER, NEVER, NEVER),
    "create_own_task": (YES, YES, YES, YES, NEVER, NEVER, NEVER),
    "assign_own_side": (ASKS, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "assign_other_side": (ASKS, ASKS, ASKS, ASKS, NEVER, NEVER, NEVER),
    "accept_task": (MINE, OURS, OURS, MINE, NEVER, NEVER, NEVER),
    "finish_task": (MINE, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "report_task": (MINE, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "reopen_task": (MINE, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "order_task": (MINE, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "hand_back_task": (NEVER, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "countersign_task": (NEVER, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "change_due": (ASKS_MINE, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "reword_task": (MINE, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "set_area": (MINE, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "drop_task": (MINE, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "plan_activity": (NEVER, YES, YES, YES, NEVER, NEVER, NEVER),
    "change_activity": (NEVER, YES, YES, YES, NEVER, NEVER, NEVER),
    "report_activity": (OURS, YES, YES, YES, NEVER, NEVER, NEVER),
    "drop_activity": (NEVER, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "start_playbook": (NEVER, YES, YES, YES, NEVER, NEVER, NEVER),
    "add_playbook": (NEVER, YES, YES, YES, NEVER, NEVER, NEVER),
    "import_matrix": (NEVER, YES, YES, YES, NEVER, NEVER, NEVER),
    "undo_import": (NEVER, MINE, MINE, YES, NEVER, NEVER, NEVER),
    "snooze_nudge": (MINE, MINE, MINE, MINE, NEVER, NEVER, NEVER),
    "share_file": (YES, YES, YES, YES, NEVER, NEVER, NEVER),
    "shape_file": (MINE, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "request_support": (YES, YES, YES, YES, NEVER, NEVER, NEVER),
    "shape_support": (MINE, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "answer_support": (NEVER, NEVER, NEVER, YES, NEVER, NEVER, NEVER),
    "delete": (NEVER,) * 7,
    "set_own_preferences": (MINE, MINE, MINE, MINE, MINE, NEVER, NEVER),
    "set_own_leave": (MINE, MINE, MINE, MINE, MINE, NEVER, NEVER),
    "change_mechanism": (NEVER, ASKS, NEVER, YES, NEVER, NEVER, NEVER),
    "change_calendar": (NEVER, NEVER, NEVER, YES, NEVER, NEVER, NEVER),
    "change_own_days": (NEVER, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "name_alternate": (NEVER, OURS, NEVER, NEVER, NEVER, NEVER, NEVER),
    "name_alternate_of_vacant_side": (NEVER, NEVER, NEVER, YES, NEVER, NEVER, NEVER),
    "name_focal_point": (NEVER, NEVER, NEVER, ANY_VOICE, NEVER, NEVER, NEVER),
    "accept_focal_point": (MINE, OURS, OURS, NEVER, NEVER, NEVER, NEVER),
    "name_coordinator": (NEVER,) * 7,
    "join": (YES, YES, YES, YES, YES, YES, NEVER),
    "confirm_join": (NEVER, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "invite": (NEVER, OURS, OURS, YES, NEVER, NEVER, NEVER),
    "link": (NEVER, NEVER, NEVER, YES, NEVER, NEVER, NEVER),
    "unlink": (NEVER, NEVER, NEVER, ANY_VOICE, NEVER, NEVER, NEVER),
    "confirm_unlink": (NEVER, ONE_VOICE, ONE_VOICE, NEVER, NEVER, NEVER, NEVER),
    "export_own_data": (YES, YES, YES, YES, YES, MINE, NEVER),
    "export_group": (NEVER, YES, NEVER, YES, NEVER, NEVER, NEVER),
    "read_audit": (MINE, YES, OURS, YES, NEVER, NEVER, NEVER),
    "forget_me": (MINE, MINE, MINE, MINE, MINE, MINE, NEVER),
    "erase_group": (NEVER, ONE_VOICE, NEVER, ANY_VOICE, NEVER, NEVER, NEVER),
    "read_operator_status": (NEVER,) * 7,
}


def granted(act: str, actor: Actor, target: Target) -> Grant | None:
    try:
        return permit(Act(act), actor, target)
    except NotAllowed:
        return None


def test_the_second_table_knows_every_act() -> None:
    assert set(EXPECTED) == set(Act)


@pytest.mark.parametrize(
    ("act", "who", "what"),
    [pytest.param(*case, id="{1}: {0} on {2}".format(*case)) for case in product(EXPECTED, WHO, WHAT)],
)
def test_the_matrix_multiplied_out(act: str, who: str, what: str) -> None:
    # A stranger to this group may still be asked about what is his own: the data the bot keeps of him.
    target = WHAT[what] if who != "stranger" else Target(WHAT[what].owner_ids, WHAT[what].side_id)
    assert granted(act, WHO[who], target) is EXPECTED[act][list(WHO).index(who)].get(what)


@pytest.mark.parametrize(("act", "what"), list(product(EXPECTED, WHAT)))
def test_an_alternate_who_does_not_act_has_the_rights_of_a_member(act: str, what: str) -> None:
    idle = Actor(ME, Role.ALTERNATE, MY_SIDE, group_id=MY_GROUP)
    assert granted(act, idle, WHAT[what]) is EXPECTED[act][0].get(what)


@pytest.mark.parametrize(("act", "who"), list(product(EXPECTED, [name for name in WHO if name != "anon"])))
def test_no_role_counts_in_another_group(act: str, who: str) -> None:
    elsewhere = Target(frozenset({ME}), MY_SIDE, OTHER_GROUP)
    assert granted(act, WHO[who], elsewhere) is EXPECTED[act][5].get("own")


@pytest.mark.parametrize("act", ["finish_task", "confirm_join", "answer_decision", "assign_own_side"])
def test_a_focal_point_without_a_side_speaks_for_none(act: str) -> None:
    lost = Actor(ME, Role.FOCAL_POINT, None, group_id=MY_GROUP)
    for target in WHAT.values():
        assert granted(act, lost, Target(frozenset({SOMEBODY}), target.side_id, MY_GROUP)) is None


def test_owning_needs_a_person() -> None:
    assert granted("forget_me", Actor(None), Target(frozenset())) is None


@pytest.mark.parametrize(
    ("assignee", "side", "act"),
    [
        pytest.param(ME, MY_SIDE, Act.CREATE_OWN_TASK, id="oneself"),
        pytest.param(SOMEBODY, MY_SIDE, Act.ASSIGN_OWN_SIDE, id="a colleague"),
        pytest.param(SOMEBODY, OTHER_SIDE, Act.ASSIGN_OTHER_SIDE, id="the partner's"),
        pytest.param(SOMEBODY, None, Act.ASSIGN_OTHER_SIDE, id="the supporting organisation's"),
    ],
)
def test_giving_a_task_is_three_acts(assignee: int, side: int | None, act: Act) -> None:
    assert rights.assigning(WHO["member"], assignee, side) is act


@pytest.mark.parametrize(
    "matrix",
    [
        pytest.param({}, id="no row"),
        pytest.param({("see", "observer"): "Y"}, id="no column for the role"),
        pytest.param({("see", "member"): "yes"}, id="an unknown cell"),
        pytest.param({("see", "member"): ""}, id="an empty cell"),
    ],
)
def test_what_the_matrix_does_not_say_is_refused(matrix: dict[tuple[str, str], str]) -> None:
    with pytest.raises(NotAllowed) as refusal:
        rights.permit_by(matrix, Act.SEE, WHO["member"], Target())
    assert refusal.value.act is Act.SEE


def rows(*changes: tuple[str, str]) -> str:
    head = "act,member,focal_point,alternate,coordinator,observer,stranger,anon,remark\n"
    lines: dict[str, str] = {act: f"{act}," + ",".join("-" * 7) + "," for act in Act}
    lines.update({act: f"{act},{cells}" for act, cells in changes})
    return head + "\n".join(line for line in lines.values() if line)


def test_a_matrix_that_refuses_everything_is_sound() -> None:
    assert set(rights.read_matrix(rows()).values()) == {"-"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(rows(("fly", "-,-,-,-,-,-,-,")), "row fly is unknown", id="a row without an act"),
        pytest.param(rows().replace("see,-,-,-,-,-,-,-,\n", ""), "no row see", id="an act without a row"),
        pytest.param(rows() + "\nsee,-,-,-,-,-,-,-,", "row see stands twice", id="two rows for one act"),
        pytest.param(rows(("see", "X,-,-,-,-,-,-,")), "see, member: 'X' is no cell", id="an unknown cell"),
        pytest.param(rows(("see", "-,-")), "see, alternate: ''", id="a short row"),
        pytest.param(
            rows(("drop_task", "-,-,-,-,R,-,-,")), "drop_task, observer", id="reading where something is written"
        ),
        pytest.param(rows().replace("observer", "guest", 1), "no column observer; column guest", id="a wrong column"),
        pytest.param("", "no row accept_focal_point", id="an empty file"),
    ],
)
def test_an_unsound_matrix_is_not_loaded(text: str, says: str) -> None:
    with pytest.raises(UnsoundMatrix, match=says):
        rights.read_matrix(text)

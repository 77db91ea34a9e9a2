"""Which buttons of a card a role has no use for."""

import pytest

from bot.presses import PRESSES
from handlers.rules.press_rights import ACTS, shown_to
from handlers.rules.rights import Act, never
from storage.kinds import Role


@pytest.mark.parametrize(
    ("press", "roles"),
    [
        pytest.param("decision.agree", {Role.FOCAL_POINT, Role.ALTERNATE}, id="answers: who speaks for a side"),
        pytest.param("decision.on_behalf", {Role.COORDINATOR}, id="records: the coordinator"),
        pytest.param("support.grant", {Role.COORDINATOR}, id="grants: the project"),
        pytest.param("decision.withdraw", set(Role) - {Role.OBSERVER}, id="his own: everybody but who only reads"),
        pytest.param("meeting.vote", {Role.FOCAL_POINT, Role.ALTERNATE, Role.COORDINATOR}, id="one of two rights"),
        pytest.param("decision.history", set(Role), id="reading: everybody"),
    ],
)
def test_who_is_shown_a_button(press, roles):
    assert {role for role in Role if shown_to(press, role)} == roles


def test_every_button_named_is_one_and_somebody_may_press_it():
    assert set(ACTS) <= set(PRESSES)
    assert [press for press in ACTS if not any(shown_to(press, role) for role in Role)] == []


def test_never_is_what_the_matrix_refuses():
    assert never(Act.ANSWER_DECISION, Role.MEMBER)
    assert not never(Act.FINISH_TASK, Role.MEMBER), "his own"

"""The coming two weeks as both sides work."""

from handlers import working
from handlers.calendar_facts import unconfirmed
from handlers.permission import may
from handlers.reply import Answer, Reply, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.rules.two_weeks import two_weeks
from handlers.views import when as views
from handlers.views.when import WhenFacts
from storage import groups


async def show(request: Request) -> Reply:
    """/when: who works on which day, and the hours both sides have in common."""
    await may(request, Act.SEE)
    sides = await groups.sides(request.session, request.here().id)
    first, second = [await working.of_place(request.session, side) for side in sides]
    days = two_weeks(first, second, first.local_date(request.now))
    facts = WhenFacts(
        sides=(sides[0].name, sides[1].name),
        days=tuple(days),
        unconfirmed=tuple(await unconfirmed(request.session, sides, request.now, [days[-1].day])),
    )
    return says(Answer(views.coming(facts)))

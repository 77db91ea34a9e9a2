"""The first words: what the bot is, its help, what it keeps about people, and leaving a question unanswered."""

from collections.abc import Awaitable, Callable, Mapping

from handlers import inviting, linking, privacy
from handlers.permission import may
from handlers.reply import Answer, Edit, Reply, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.views import help as help_views
from handlers.views import privacy as privacy_views
from handlers.views import starting as views
from storage import dialogues, groups, people


async def start(request: Request) -> Reply:
    """/start [payload]: opens the private chat; a payload is an invitation or one of DOORS. Raises BadCode.

    In a group the payload is the code of a link that added the bot there, and does what /link does.
    """
    if not request.heard.private:
        return await linking.link(request) if request.words else _in_group(request)
    person = request.person
    person.private_open, person.closed_since = True, None
    request.session.add(person)
    door = DOORS.get(request.words, inviting.invited)
    return await door(request)


def _in_group(request: Request) -> Reply:
    return says(Answer(views.in_group(request.bot.link("hello"))))


async def greet(request: Request) -> Reply:
    """Says what the bot is, and which group a private chat with it is about."""
    session = request.session
    mine = [
        await groups.get(session, member.group_id) for member in await people.memberships(session, request.person.id)
    ]
    current = request.group.name if request.group is not None and request.membership is not None else ""
    others = tuple((group.id, group.name) for group in mine if group.name != current)
    waits = await people.waits(session, request.person.id)
    return says(Answer(views.greeting(current, others, waits=waits)))


async def choose_group(request: Request) -> Reply:
    """The group a private chat is about from here on."""
    group = request.here()
    request.mine()
    request.person.current_group_id = group.id
    request.session.add(request.person)
    return says(Edit(views.chosen(group.name)))


async def cancel(request: Request) -> Reply:
    """/cancel: the question asked here waits for no answer any more; in private, if there is none, all of groups."""
    session, person_id, chat_id = request.session, request.person.id, request.heard.chat_id
    ended = await dialogues.end(session, person_id, chat_id)
    if not ended and request.heard.private:
        for asked in await dialogues.all_open(session, person_id, request.now):
            ended = await dialogues.end(session, person_id, asked.chat_id)
    return says(Answer(views.cancelled(ended=ended)))


async def explain(request: Request) -> Reply:
    """/help [command]."""
    await may(request, Act.READ_HELP)
    if not request.words:
        return says(Answer(help_views.overview))
    topic = help_views.topic(request.words)
    return says(Answer(help_views.unknown(request.words) if topic is None else help_views.one(topic)))


async def explain_privacy(request: Request) -> Reply:
    """/privacy: what is kept about people, who sees it, and how it is had and removed."""
    await may(request, Act.READ_HELP)
    return says(Answer(privacy_views.notice))


DOORS: Mapping[str, Callable[[Request], Awaitable[Reply]]] = {
    "": greet,
    "hello": greet,
    "mydata": privacy.my_data,
    "forgetme": privacy.ask_forgetting,
}
"""What deep links into the private chat open; everything else is an invitation."""

"""What is stored about a person: given to him as a file, and removed when he asks for it."""

import json

from handlers.permission import may
from handlers.refusals import NotYours
from handlers.reply import Answer, Document, Edit, Post, Reply, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.views import privacy as views
from storage import groups, journal
from storage import privacy as store
from storage.kinds import Standing, Subject
from storage.tables import Membership

FILE = "focalpoint-my-data.json"


async def my_data(request: Request) -> Reply:
    """/mydata: everything stored about the asker, as a file; a group only gets the way into the private chat."""
    await may(request, Act.EXPORT_OWN_DATA, owners={request.person.id})
    if not request.heard.private:
        return says(Answer(views.data_in_private(request.bot.link("mydata"))))
    found = await store.own_data(request.session, request.person)
    found["groups"] = [await _group(request, row["group_id"]) for row in found["memberships"]]
    content = json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True)
    return says(Document(FILE, content, views.data))


async def _group(request: Request, group_id: int) -> dict[str, object]:
    return {"id": group_id, "name": (await groups.get(request.session, group_id)).name}


async def ask_forgetting(request: Request) -> Reply:
    """/forgetme: asks once more, in private."""
    await may(request, Act.FORGET_ME, owners={request.person.id})
    if not request.heard.private:
        return says(Answer(views.forgetting_in_private(request.bot.link("forgetme"))))
    return says(Answer(views.confirm_forgetting({"person": request.person.id})))


async def forget(request: Request) -> Reply:
    """The person confirmed: name and account go, memberships end, joint records stay. Raises NotYours."""
    if request.args.get("person") != request.person.id or not request.heard.private:
        raise NotYours
    await may(request, Act.FORGET_ME, owners={request.person.id})
    # First the journal, while it is still he who does it.
    await journal.append(
        request.session, request.cause, subject=Subject.PERSON, subject_id=request.person.id, change="forgotten"
    )
    ended = await store.forget(request.session, request.person, request.now)
    for member in ended:
        await _note(request, member)
    told = [Post(member.group_id, views.somebody_left, silent=True) for member in ended]
    return says(Edit(views.forgotten), *told)


async def keep(_request: Request) -> Reply:
    """The person thought better of it."""
    return says(Edit(views.nothing_forgotten))


async def _note(request: Request, member: Membership) -> None:
    await journal.append(
        request.session,
        request.cause,
        subject=Subject.MEMBERSHIP,
        subject_id=member.id,
        group_id=member.group_id,
        change="left, forgotten",
        before={"standing": Standing.ACTIVE, "role": member.role},
        after={"standing": Standing.LEFT},
    )

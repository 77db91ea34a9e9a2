"""Asking about chats and members, and leaving."""

from bot.rehearsal.records import ADMINS, PRIVATE, Chat, Json
from bot.rehearsal.refusals import bad
from bot.rehearsal.state import State

_ACCEPTED_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_me(state: State, parameters: Json) -> Json:  # noqa: ARG001 - every method has this signature
    """getMe: the bot itself."""
    return state.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": state.can_read_all_group_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(state: State, parameters: Json) -> Json:
    """getChat: the full description of a chat the bot can see."""
    chat = _seen(state, parameters)
    full = chat.json() | {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": _ACCEPTED_GIFTS}
    pinned = state.message(chat, chat.pinned[-1]) if chat.pinned else None
    return full | ({"pinned_message": pinned.json(with_reply=False)} if pinned else {})


def get_chat_member(state: State, parameters: Json) -> Json:
    """getChatMember: somebody's standing; who never came has left."""
    chat = _seen(state, parameters)
    user = state.users.get(parameters["user_id"])
    if user is None:
        raise bad("user not found")
    if chat.kind == PRIVATE and user not in (chat.person, state.bot):
        raise bad("member not found")
    member = chat.member_of(user)
    if chat.kind == PRIVATE:
        member.status = "member"
    return member.json()


def get_chat_administrators(state: State, parameters: Json) -> list[Json]:
    """getChatAdministrators: the creator and the administrators; of the bots only this one."""
    chat = _seen(state, parameters)
    if chat.kind == PRIVATE:
        raise bad("there are no administrators in the private chat")
    return [member.json() for member in chat.members.values() if member.status in ADMINS]


def get_chat_member_count(state: State, parameters: Json) -> int:
    """getChatMemberCount: everybody inside, the bot too."""
    chat = _seen(state, parameters)
    if chat.kind == PRIVATE:
        return 2
    return sum(1 for member in chat.members.values() if member.inside)


def leave_chat(state: State, parameters: Json) -> bool:
    """leaveChat: the bot goes, and hears of its own going."""
    chat = state.open_chat(parameters["chat_id"])
    if chat.kind == PRIVATE:
        raise bad("chat member status can't be changed in private chats")
    state.set_status(chat, state.bot, "left", state.bot)
    state.post(chat, state.bot, {"left_chat_member": state.bot.json()})
    return True


def _seen(state: State, parameters: Json) -> Chat:
    """Private chats can be asked about also while the person blocks the bot; groups only from inside."""
    chat = state.chat(parameters["chat_id"])
    if chat.person is None:
        return state.open_chat(chat.id)
    if not chat.person.started:
        raise bad("chat not found")
    return chat

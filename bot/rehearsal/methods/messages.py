"""Sending, editing, deleting, pinning and reacting."""

from datetime import timedelta

from bot.rehearsal.files import document_json, media_content, photo_json
from bot.rehearsal.keyboards import check_markup
from bot.rehearsal.messages import Message, inline_rows
from bot.rehearsal.methods.reactions import check_reaction
from bot.rehearsal.methods.texts import caption_content, replied, text_content, thread
from bot.rehearsal.parameters import Upload
from bot.rehearsal.records import ADMINS, PRIVATE, Chat, Json
from bot.rehearsal.refusals import bad
from bot.rehearsal.state import State

DELETABLE = timedelta(hours=48)
_ACTION_WORDS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note"
)
_ACTIONS = frozenset(_ACTION_WORDS.split())
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def send_message(state: State, parameters: Json) -> Json:
    """sendMessage: a text into a chat."""
    chat = state.open_chat(parameters["chat_id"])
    content = text_content(state, parameters)
    return _send(state, chat, content, parameters, parameters["text"]).json()


def send_document(state: State, parameters: Json) -> Json:
    """sendDocument: a file that comes along, or one that is known by its id."""
    chat = state.open_chat(parameters["chat_id"])
    given = parameters["document"]
    words = caption_content(state, parameters)
    known = isinstance(given, Upload)
    file = state.files.add_document(given.name, given.content) if known else state.files.get(given, "documents")
    content = {"document": document_json(file)} | words
    return _send(state, chat, content, parameters, parameters.get("caption")).json()


def send_photo(state: State, parameters: Json) -> Json:
    """sendPhoto: a picture that comes along, or one that is known by its id."""
    chat = state.open_chat(parameters["chat_id"])
    given = parameters["photo"]
    words = caption_content(state, parameters)
    known = isinstance(given, Upload)
    file = state.files.add_photo(given.content, given.name) if known else state.files.get(given, "photos")
    content = {"photo": photo_json(file)} | words
    return _send(state, chat, content, parameters, parameters.get("caption")).json()


def send_media(kind: str, state: State, parameters: Json) -> Json:
    """sendVideo and its like: something to see or hear that comes along, or that is known by its id."""
    chat = state.open_chat(parameters["chat_id"])
    given = parameters[kind]
    words = caption_content(state, parameters)
    known = isinstance(given, Upload)
    file = state.files.add_media(kind, given.content, given.name) if known else state.files.get(given, kind)
    return _send(state, chat, media_content(file) | words, parameters, parameters.get("caption")).json()


def _send(state: State, chat: Chat, content: Json, parameters: Json, source: str | None) -> Message:
    check_markup(parameters.get("reply_markup"), chat)
    answered = replied(state, chat, parameters)
    topic = thread(chat, parameters, answered)
    message = state.post(chat, state.bot, content, reply_to=answered, thread_id=topic)
    message.markup = parameters.get("reply_markup")
    message.silent = bool(parameters.get("disable_notification"))
    message.source = source
    return message


def edit_message_text(state: State, parameters: Json) -> Json:
    """editMessageText: other words on a message of the bot's own; buttons that are not given are taken away."""
    message = _editable(state, parameters)
    if "text" not in message.content:
        raise bad("there is no text in the message to edit")
    content = text_content(state, parameters)
    return _edit(state, message, content, parameters, parameters["text"]).json()


def edit_message_reply_markup(state: State, parameters: Json) -> Json:
    """editMessageReplyMarkup: other buttons, or none."""
    message = _editable(state, parameters)
    return _edit(state, message, message.content, parameters, message.source).json()


def _editable(state: State, parameters: Json) -> Message:
    if "chat_id" not in parameters or "message_id" not in parameters:
        raise bad("message identifier is not specified")
    chat = state.open_chat(parameters["chat_id"])
    message = state.message(chat, parameters["message_id"])
    if message is None:
        raise bad("message to edit not found")
    has_other_keyboard = message.markup is not None and "inline_keyboard" not in message.markup
    if message.sender is not state.bot or message.is_service or has_other_keyboard:
        raise bad("message can't be edited")
    return message


def _edit(state: State, message: Message, content: Json, parameters: Json, source: str | None) -> Message:
    markup = parameters.get("reply_markup")
    check_markup(markup, message.chat, inline_only=True)
    if content == message.content and inline_rows(markup) == message.rows:
        raise bad(_SAME)
    message.content, message.markup, message.source = content, markup, source
    message.edit_date = state.now()
    message.versions.append(message.text)
    return message


def delete_message(state: State, parameters: Json) -> bool:
    """deleteMessage: the bot's own for two days, others' where it is an administrator or in private."""
    chat = state.open_chat(parameters["chat_id"])
    message = state.message(chat, parameters["message_id"])
    if message is None:
        raise bad("message to delete not found")
    own = message.sender is state.bot or chat.kind == PRIVATE
    if chat.status_of(state.bot) not in ADMINS:
        if not own:
            raise bad("message can't be deleted")
        if state.now() - message.date > DELETABLE:
            raise bad("message can't be deleted for everyone")
    message.deleted = True
    return True


def set_message_reaction(state: State, parameters: Json) -> bool:
    """setMessageReaction: one of the emoji Telegram allows, or none."""
    chat = state.open_chat(parameters["chat_id"])
    message = state.message(chat, parameters["message_id"])
    if message is None:
        raise bad("message to react not found")
    reaction = parameters.get("reaction", [])
    check_reaction(reaction)
    message.reactions[state.bot.id] = reaction
    return True


def pin_chat_message(state: State, parameters: Json) -> bool:
    """pinChatMessage: in groups an administrator's right."""
    chat = state.open_chat(parameters["chat_id"])
    _check_may_pin(state, chat)
    message = state.message(chat, parameters["message_id"])
    if message is None:
        raise bad("message to pin not found")
    if message.message_id not in chat.pinned:
        chat.pinned.append(message.message_id)
        state.post(chat, state.bot, {"pinned_message": message.json(with_reply=False)})
    return True


def unpin_chat_message(state: State, parameters: Json) -> bool:
    """unpinChatMessage: the one named, or the latest."""
    chat = state.open_chat(parameters["chat_id"])
    _check_may_pin(state, chat)
    number = parameters.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if number not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(number)
    return True


def _check_may_pin(state: State, chat: Chat) -> None:
    if chat.is_group and chat.status_of(state.bot) not in ADMINS:
        raise bad("not enough rights to manage pinned messages in the chat")


def send_chat_action(state: State, parameters: Json) -> bool:
    """sendChatAction: one of the documented actions."""
    chat = state.open_chat(parameters["chat_id"])
    thread(chat, parameters, None)
    if parameters["action"] not in _ACTIONS:
        raise bad("wrong parameter action in request")
    state.actions.append((chat.id, parameters["action"]))
    return True

"""Reading the text, the caption and the reply of a call into what stands in the chat."""

from bot.rehearsal.entities import checked, clean, found_in, is_blank, trimmed, units
from bot.rehearsal.markup import parse_html
from bot.rehearsal.messages import Message
from bot.rehearsal.parameters import check_object
from bot.rehearsal.records import Chat, Json
from bot.rehearsal.refusals import bad
from bot.rehearsal.spec import PREVIEW_KEYS, REPLY_KEYS
from bot.rehearsal.state import State

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024


def text_content(state: State, parameters: Json) -> Json:
    """The text and entities of a message; refused when nothing would be seen or it is too long."""
    check_object("link_preview_options", parameters.get("link_preview_options", {}), PREVIEW_KEYS)
    text, entities = _formatted(state, parameters, "text", "entities")
    if not text:
        raise bad("message text is empty")
    if is_blank(text):
        raise bad("text must be non-empty")
    if units(text) > LONGEST_TEXT:
        raise bad("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_content(state: State, parameters: Json) -> Json:
    """The caption and its entities; nothing when there is none."""
    text, entities = _formatted(state, parameters, "caption", "caption_entities")
    if units(text) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    content = {"caption": text, "caption_entities": entities}
    return {key: value for key, value in content.items() if value}


def _formatted(state: State, parameters: Json, name: str, entities_name: str) -> tuple[str, list[Json]]:
    source, given = parameters.get(name, ""), parameters.get(entities_name)
    mode = parameters.get("parse_mode", "")
    if mode and given:
        raise bad(f"parse_mode and {entities_name} must not be given together")
    if mode.lower() not in {"", "html"}:
        raise bad("unsupported parse_mode: this server reads HTML alone")
    if mode:
        text, entities = parse_html(source)
    else:
        text, entities = clean(source), checked(source, given or [])
    text, entities = trimmed(text, entities)
    return text, found_in(text, [known for one in entities if (known := _resolved(state, one))])


def _resolved(state: State, entity: Json) -> Json | None:
    """A link to tg://user?id=… mentions a user the bot knows and is plain text otherwise."""
    url = str(entity.get("url", ""))
    if entity["type"] == "text_mention":
        user = state.users.get(entity.get("user", {}).get("id", 0))
    elif url.startswith("tg://user?id="):
        number = url.removeprefix("tg://user?id=")
        user = state.users.get(int(number)) if number.isdigit() else None
    else:
        return entity
    place = {"offset": entity["offset"], "length": entity["length"]}
    return {"type": "text_mention", **place, "user": user.json()} if user else None


def replied(state: State, chat: Chat, parameters: Json) -> Message | None:
    """The message that a new one answers; refused when it is gone, unless the call allows that."""
    options = parameters.get("reply_parameters")
    if options is None:
        return None
    check_object("reply_parameters", options, REPLY_KEYS)
    if "message_id" not in options:
        raise bad("reply_parameters has no message_id")
    message = state.message(state.chat(options.get("chat_id", chat.id)), options["message_id"])
    if message is None and not options.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    if message and options.get("quote", "") not in message.text:
        raise bad("QUOTE_TEXT_INVALID")
    return message


def thread(chat: Chat, parameters: Json, reply_to: Message | None) -> int | None:
    """The topic a new message goes to; refused when it is none, and General has no number."""
    number = parameters.get("message_thread_id")
    if number is None:
        return reply_to.thread_id if reply_to and chat.is_forum else None
    topic = chat.topics.get(number)
    if topic is None or topic.deleted:
        raise bad("message thread not found")
    if topic.closed:
        raise bad("TOPIC_CLOSED")
    return topic.id

"""The methods this server knows, with the parameters the Bot API documents for each and their types.

Source: the Bot API reference, version 10.0; only what a working group's bot needs is here. A star marks a parameter
that must be given. Telegram ignores unknown parameters; this table is what makes them an error here.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a parameter may hold."""

    WHOLE = "integer"
    WORDS = "string"
    TRUTH = "boolean"
    CHAT = "chat"
    LIST = "array"
    OBJECT = "object"
    FILE = "file"


@dataclass(frozen=True)
class Parameter:
    """One documented parameter."""

    kind: Kind
    required: bool


def _read(line: str) -> dict[str, Parameter]:
    """`chat_id:chat* text:string` as a table by name."""
    table = {}
    for item in line.split():
        name, _, kind = item.partition(":")
        table[name] = Parameter(Kind(kind.rstrip("*")), kind.endswith("*"))
    return table


_SEND = (
    " business_connection_id:string message_thread_id:integer direct_messages_topic_id:integer"
    " disable_notification:boolean protect_content:boolean allow_paid_broadcast:boolean message_effect_id:string"
    " suggested_post_parameters:object reply_parameters:object reply_markup:object"
)
_CAPTION = " caption:string parse_mode:string caption_entities:array"
_EDIT = " business_connection_id:string chat_id:chat message_id:integer inline_message_id:string reply_markup:object"

METHODS: dict[str, dict[str, Parameter]] = {
    name: _read(line)
    for name, line in {
        "getMe": "",
        "getUpdates": "offset:integer limit:integer timeout:integer allowed_updates:array",
        "setWebhook": "url:string* certificate:file ip_address:string max_connections:integer"
        " allowed_updates:array drop_pending_updates:boolean secret_token:string",
        "deleteWebhook": "drop_pending_updates:boolean",
        "getWebhookInfo": "",
        "sendMessage": "chat_id:chat* text:string* parse_mode:string entities:array link_preview_options:object"
        + _SEND,
        "sendPhoto": "chat_id:chat* photo:file* show_caption_above_media:boolean has_spoiler:boolean"
        + _CAPTION
        + _SEND,
        "sendDocument": "chat_id:chat* document:file* thumbnail:file disable_content_type_detection:boolean"
        + _CAPTION
        + _SEND,
        "sendVideo": "chat_id:chat* video:file* duration:integer width:integer height:integer thumbnail:file cover:file"
        " start_timestamp:integer show_caption_above_media:boolean has_spoiler:boolean supports_streaming:boolean"
        + _CAPTION
        + _SEND,
        "sendAudio": "chat_id:chat* audio:file* duration:integer performer:string title:string thumbnail:file"
        + _CAPTION
        + _SEND,
        "sendVoice": "chat_id:chat* voice:file* duration:integer" + _CAPTION + _SEND,
        "sendAnimation": "chat_id:chat* animation:file* duration:integer width:integer height:integer thumbnail:file"
        " show_caption_above_media:boolean has_spoiler:boolean" + _CAPTION + _SEND,
        "sendVideoNote": "chat_id:chat* video_note:file* duration:integer length:integer thumbnail:file" + _SEND,
        "editMessageText": "text:string* parse_mode:string entities:array link_preview_options:object" + _EDIT,
        "editMessageReplyMarkup": _EDIT,
        "deleteMessage": "chat_id:chat* message_id:integer*",
        "answerCallbackQuery": "callback_query_id:string* text:string show_alert:boolean url:string cache_time:integer",
        "setMessageReaction": "chat_id:chat* message_id:integer* reaction:array is_big:boolean",
        "getFile": "file_id:string*",
        "sendChatAction": "business_connection_id:string chat_id:chat* message_thread_id:integer action:string*",
        "getChat": "chat_id:chat*",
        "getChatMember": "chat_id:chat* user_id:integer*",
        "getChatAdministrators": "chat_id:chat* return_bots:boolean",
        "getChatMemberCount": "chat_id:chat*",
        "leaveChat": "chat_id:chat*",
        "pinChatMessage": "business_connection_id:string chat_id:chat* message_id:integer*"
        " disable_notification:boolean",
        "unpinChatMessage": "business_connection_id:string chat_id:chat* message_id:integer",
        "setMyCommands": "commands:array* scope:object language_code:string",
        "getMyCommands": "scope:object language_code:string",
        "deleteMyCommands": "scope:object language_code:string",
        "setMyName": "name:string language_code:string",
        "getMyName": "language_code:string",
        "setMyDescription": "description:string language_code:string",
        "getMyDescription": "language_code:string",
        "setMyShortDescription": "short_description:string language_code:string",
        "getMyShortDescription": "language_code:string",
        "setChatMenuButton": "chat_id:integer menu_button:object",
        "getChatMenuButton": "chat_id:integer",
    }.items()
}

# Telegram does not mind how a method's name is spelled in capitals.
BY_LOWER_NAME = {name.lower(): name for name in METHODS}

# The keys that the objects inside parameters may carry.
REPLY_KEYS = {
    "message_id": int,
    "chat_id": (int, str),
    "allow_sending_without_reply": bool,
    "quote": str,
    "quote_parse_mode": str,
    "quote_entities": list,
    "quote_position": int,
    "checklist_task_id": int,
    "poll_option_id": str,
}
PREVIEW_KEYS = {
    "is_disabled": bool,
    "url": str,
    "prefer_small_media": bool,
    "prefer_large_media": bool,
    "show_above_text": bool,
}

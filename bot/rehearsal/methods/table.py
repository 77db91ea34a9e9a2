"""Which function does which method."""

from collections.abc import Callable
from functools import partial
from typing import Any

from bot.rehearsal.methods import chats, files, messages, presses, profile
from bot.rehearsal.records import Json
from bot.rehearsal.state import State

Method = Callable[[State, Json], Any]

# getUpdates and the webhook's methods wait and reach out; the server itself does them.
TABLE: dict[str, Method] = {
    "getMe": chats.get_me,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendDocument": messages.send_document,
    "sendVideo": partial(messages.send_media, "video"),
    "sendAudio": partial(messages.send_media, "audio"),
    "sendVoice": partial(messages.send_media, "voice"),
    "sendAnimation": partial(messages.send_media, "animation"),
    "sendVideoNote": partial(messages.send_media, "video_note"),
    "editMessageText": messages.edit_message_text,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "answerCallbackQuery": presses.answer_callback_query,
    "setMessageReaction": messages.set_message_reaction,
    "getFile": files.get_file,
    "sendChatAction": messages.send_chat_action,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "pinChatMessage": messages.pin_chat_message,
    "unpinChatMessage": messages.unpin_chat_message,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_my_name,
    "getMyName": profile.get_my_name,
    "setMyDescription": profile.set_my_description,
    "getMyDescription": profile.get_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getMyShortDescription": profile.get_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
}

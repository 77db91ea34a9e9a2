"""The reactions Telegram gives to everybody."""

from typing import Any

from bot.rehearsal.refusals import bad

_WITH_SPACES = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤️\u200d🔥 "
    "🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 "
    "🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂️ 🤷 🤷\u200d♀️ 😡 "
)
EMOJI = frozenset(_WITH_SPACES.split())

_KEYS = {"emoji": {"type", "emoji"}, "custom_emoji": {"type", "custom_emoji_id"}, "paid": {"type"}}


def check_reaction(reaction: list[Any]) -> None:
    """Refuse what a bot may not put under a message: more than one, or another emoji."""
    if len(reaction) > 1:
        raise bad("REACTIONS_TOO_MANY")
    for one in reaction:
        kind = one.get("type") if isinstance(one, dict) else None
        if kind not in _KEYS or set(one) != _KEYS[kind]:
            raise bad("can't parse reaction type")
        if one.get("emoji") not in EMOJI:
            raise bad("REACTION_INVALID")

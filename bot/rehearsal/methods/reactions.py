"""The reactions Telegram gives to everybody."""

from typing import Any

from bot.rehearsal.refusals import bad

_WITH_SPACES = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤️\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 "
    "👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂️ 🤷 🤷\u200d♀️ 😡"
)
EMOJI = frozenset(_WITH_SPACES.split())


def check_reaction(reaction: list[Any]) -> None:
    """Refuse what a bot may not put under a message: more than one, or another emoji."""
    if len(reaction) > 1:
        raise bad("REACTIONS_TOO_MANY")
    for one in reaction:
        if not isinstance(one, dict) or set(one) != {"type", "emoji"} or one["type"] != "emoji":
            raise bad("can't parse reaction type")
        if one["emoji"] not in EMOJI:
            raise bad("REACTION_INVALID")

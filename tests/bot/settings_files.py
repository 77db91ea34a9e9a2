"""Files of settings as tests write them."""

from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings
from bot.settings_file import load

TOKEN = "123456789:AAE-a_token_that_was_never_given_out1"


TELEGRAM = f'[telegram]\ntoken = "{TOKEN}"\n'


SIDES = """
[[side]]
key = "north"
name = "North"
institution = "The northern college"
country = "PE"
city = "Lima"
zone = "America/Lima"
[[side]]
key = "south"
name = "South"
institution = "The southern school"
country = "KE"
city = "Nairobi"
zone = "Africa/Nairobi"
"""


GROUP = '[[group]]\nkey = "g"\nname = "Two"\nsides = ["north", "south"]\nareas = ["Training of trainers #training"]\n'


Lines = Callable[..., list[str]]


def settings(file: Path, text: str, **env: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return load(file, env)

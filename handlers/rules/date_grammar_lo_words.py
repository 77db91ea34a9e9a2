"""The words of Lao dates and the pieces that their patterns are made of, before they are brought to one spelling."""

import re
from collections.abc import Mapping, Sequence

from handlers.rules.date_lao import spelled


def _numbered(words: Sequence[str]) -> Mapping[str, int]:
    """Each spelling (a row's stand between strokes) with the place of its row."""
    return {spelled(word): at for at, row in enumerate(words) for word in row.split("|")}


WEEKDAYS = _numbered(("ຈັນ", "ອັງຄານ|ຄານ", "ພຸດ", "ພະຫັດສະບໍດີ|ພະຫັດສບໍດີ|ພະຫັດ|ພຣະຫັດ", "ສຸກ", "ເສົາ", "ອາທິດ"))
MONTHS = _numbered(
    (
        "-",
        "ມັງກອນ|ມ.ກ.|ມ.ກ",
        "ກຸມພາ|ກ.ພ.|ກ.ພ",
        "ມີນາ|ມ.ນ.|ມ.ນ|ມີ.ນ.|ມີ.ນ",
        "ເມສາ|ມ.ສ.|ມ.ສ|ເມ.ສ.|ເມ.ສ",
        "ພຶດສະພາ|ພຶດສພາ|ພຶສະພາ|ພ.ພ.|ພ.ພ",
        "ມິຖຸນາ|ມິ.ຖ.|ມິ.ຖ|ມ.ຖ.|ມ.ຖ",
        "ກໍລະກົດ|ກໍລະກັດ|ກ.ລ.|ກ.ລ|ກ.ກ.|ກ.ກ",
        "ສິງຫາ|ສ.ຫ.|ສ.ຫ",
        "ກັນຍາ|ກ.ຍ.|ກ.ຍ",
        "ຕຸລາ|ຕ.ລ.|ຕ.ລ",
        "ພະຈິກ|ພ.ຈ.|ພ.ຈ",
        "ທັນວາ|ທ.ວ.|ທ.ວ",
    )
)
NAMED = _numbered(("ມື້ຊືນ|ມື້ຊືນນີ້", "ມື້ວານ|ມື້ວານນີ້", "ມື້ນີ້|ວັນນີ້", "ມື້ອື່ນ|ມື້ອື່ນນີ້|ວັນມື້ອື່ນ", "ມື້ຮື|ມື້ຮືນີ້"))
TODAY_NAMED = 2


def one_of(words: Mapping[str, int]) -> str:
    """The words as alternatives of a pattern, longer ones first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word != "-")


WEEK = "(?:ອາທິດ|ສັບປະດາ|ສັບດາ)"
NEXT = "(?P<next>ໜ້າ|ຕໍ່ໄປ|ຖັດໄປ)"
WHICH = f"(?:{NEXT}|ນີ້)"
COMING = "ທີ່ຈະ(?:ມາ)?(?:ເຖິງ|ຮອດ)?(?:ນີ້)?"
OVER = "(?P<over>ທີ່ຜ່ານມາ|ຜ່ານມາ|ທີ່ແລ້ວ|ແລ້ວນີ້|ແລ້ວ|ກ່ອນ)"
WEEKDAY = f"(?:ມື້)?ວັນ(?P<weekday>{one_of(WEEKDAYS)})"
NEAR_WEEKDAY = f"{WEEKDAY}(?:{NEXT}|(?P<this>ນີ້)|(?P<over>(?!)))"
SHORT_WEEKDAY = "(?P<weekday>ຈັນ|ອັງຄານ|ພຸດ|ພະຫັດ|ພຣະຫັດ|ສຸກ|ເສົາ)"
"""Without the word for day; but ອາທິດ is a week then."""
MONTH = rf"(?:(?:ເດືອນ)?(?P<month>{one_of(MONTHS)})|ເດືອນ(?:ທີ)? (?P<month_number>\d{{1,2}}))"
MONTHS_FROM_TO = (
    rf"(?:ເດືອນ)? ?(?P<begin>{one_of(MONTHS)}|(?<=ເດືອນ )\d{{1,2}}) ?(?:-|ຫາ|ເຖິງ|ຮອດ|ແລະ|ຈົນເຖິງ) ?"
    rf"(?:ເດືອນ)? ?(?P<end>{one_of(MONTHS)}|\d{{1,2}})"
)
GIVEN_YEAR = r"(?: ?(?:ປີ)?(?P<era>ຄ\.?ສ\.?|ພ\.?ສ\.?)? ?(?P<year>\d{4}))"
YEAR = f"(?:{GIVEN_YEAR}| ?ປີ(?P<which_year>ນີ້|ໜ້າ))?"
DAY = r"(?P<day>\d{1,2})"
LAST = "(?:ທ້າຍ|ສິ້ນ|ສຸດ|ປາຍ|ໝົດ|(?:ມື້|ວັນ)ສຸດທ້າຍ(?:ຂອງ)?)"
PART_OF = "(?P<part>ຕົ້ນ|ທຳອິດ|ທີ 1|ກາງ|ທີ 2|ທ້າຍ|ສຸດທ້າຍ|ທີ 3)"
COUNT = r"(?P<count>[1-9]\d{0,5})"
EARLIER = f"{COUNT} (?P<unit>ມື້|ວັນ|ອາທິດ|ສັບປະດາ)"
"""So much before something else."""
FROM_NOW = "(?P<from>ຂ້າງໜ້າ|ຕໍ່ໜ້າ|ຈາກນີ້(?:ໄປ)?|ຫຼັງຈາກນີ້|(?:ນັບ)?(?:ແຕ່|ຈາກ)(?:ມື້)?ນີ້(?:ໄປ)?)?"
UNIT = "(?P<unit>ມື້|ວັນ|ອາທິດ|ສັບປະດາ|ເດືອນ|ປີ)"
WORKING_DAY = "(?:ວັນ|ມື້)(?:ເຮັດວຽກ|ເຮັດການ|ລັດຖະການ|ທຳການ|ການ)"
ONE_DAY = frozenset(map(spelled, ("ມື້", "ວັນ")))
IN_MONTHS: Mapping[str, int] = {spelled("ເດືອນ"): 1, spelled("ປີ"): 12}
AT_LAST = spelled("ສຸດທ້າຍ")
YEAR_PARTS = {spelled("ຕົ້ນ"): "beginning", spelled("ກາງ"): "middle"}
FIRST_PARTS, MIDDLE_PARTS = (frozenset(map(spelled, row.split("|"))) for row in ("ຕົ້ນ|ທຳອິດ|ທີ 1", "ກາງ|ທີ 2"))
OF, DAY_WORD, NUMBER_WORD, HERE, END, START = (spelled(word) for word in ("ຂອງ", "ວັນ", "ທີ", "ນີ້", "ທ້າຍ", "ຕົ້ນ"))
BUDDHIST, CHRISTIAN = "ພ", "ຄ"


def pattern(pieces: str) -> re.Pattern[str]:
    """The pieces as one pattern for text that is brought to the one spelling too."""
    return re.compile(spelled(pieces))

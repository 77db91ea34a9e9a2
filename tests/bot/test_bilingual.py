"""One text in two languages: what people wrote stands once, the words around it in each."""

import pytest

from bot.bilingual import label, together
from bot.labels import COLUMNS, fitting, room, width
from handlers.reply import Button
from handlers.rules.text import MESSAGE_LIMIT, split_paragraphs, visible_units


def test_the_same_text_stands_once():
    assert together(["<b>A</b>\n\nb", "<b>A</b>\n\nb"]) == "<b>A</b>\n\nb"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("<b>D3</b> · 已提议", "<b>D3</b> · ສະເໜີແລ້ວ", "<b>D3</b> · 已提议 / ສະເໜີແລ້ວ", id="a state"),
        pytest.param("理由：too late", "ເຫດຜົນ: too late", "理由 / ເຫດຜົນ: too late", id="a reason"),
        pytest.param("理由：at 9:00", "ເຫດຜົນ: at 9:00", "理由 / ເຫດຜົນ: at 9:00", id="a time is no border"),
        pytest.param("<b>到期</b>", "<b>ຮອດກຳນົດ</b>", "<b>到期 / ຮອດກຳນົດ</b>", id="a heading keeps its tag"),
        pytest.param(
            "T17 call them · Kunming，4月20日 周一",
            "T17 call them · Kunming, ວັນຈັນ 20 ເມສາ",
            "T17 call them · Kunming，4月20日 周一 / ວັນຈັນ 20 ເມສາ",
            id="a line of a list",
        ),
        pytest.param(
            "<b>Kunming</b>：同意 · \u2068Li\u2069，4月20日 周一",
            "<b>Kunming</b>: ເຫັນດີ · \u2068Li\u2069, ວັນຈັນ 20 ເມສາ",
            "<b>Kunming</b>: 同意 / ເຫັນດີ · \u2068Li\u2069，4月20日 周一 / ວັນຈັນ 20 ເມສາ",
            id="a side's answer",
        ),
        pytest.param(
            "请每一位按下“加入”，并说明自己属于哪一方，谢谢。我记录双方商定的事项以及谁在何时之前做什么。",
            "ກະລຸນາກົດ “ເຂົ້າຮ່ວມ” ແລ້ວບອກວ່າທ່ານຢູ່ຝ່າຍໃດ. ຂ້ອຍຈະບັນທຶກສິ່ງທີ່ສອງຝ່າຍຕົກລົງກັນ.",
            "请每一位按下“加入”，并说明自己属于哪一方，谢谢。我记录双方商定的事项以及谁在何时之前做什么。\n"
            "ກະລຸນາກົດ “ເຂົ້າຮ່ວມ” ແລ້ວບອກວ່າທ່ານຢູ່ຝ່າຍໃດ. ຂ້ອຍຈະບັນທຶກສິ່ງທີ່ສອງຝ່າຍຕົກລົງກັນ.",
            id="long sentences stand below each other",
        ),
        pytest.param(
            '截止：<tg-time unix="1">4月20日 周一 15:00 V / 4月20日 周一 16:00 K</tg-time>',
            'ກຳນົດ: <tg-time unix="1">ວັນຈັນ 20 ເມສາ, 15:00 V / ວັນຈັນ 20 ເມສາ, 16:00 K</tg-time>',
            '截止 / ກຳນົດ: <tg-time unix="1">4月20日 周一 · ວັນຈັນ 20 ເມສາ, 15:00 V / 16:00 K</tg-time>',
            id="a moment shows its clocks once",
        ),
        pytest.param(
            '2. <tg-time unix="1">4月20日 周一 15:00 V / 4月20日 周一 16:00 K</tg-time> ✓ V',
            '2. <tg-time unix="1">ວັນຈັນ 20 ເມສາ, 15:00 V / ວັນຈັນ 20 ເມສາ, 16:00 K</tg-time> ✓ V',
            '2. <tg-time unix="1">4月20日 周一 · ວັນຈັນ 20 ເມສາ, 15:00 V / 16:00 K</tg-time> ✓ V',
            id="a moment in a list too",
        ),
        pytest.param("<pre>一\n1 2</pre>", "<pre>ຈ\n1 2</pre>", "<pre>一 / ຈ\n1 2</pre>", id="a table stays one"),
        pytest.param("免打扰：20:00。", "ງົດ: 20:00.", "免打扰 / ງົດ: 20:00。", id="one full stop is enough"),
        pytest.param("a\nb", "c", "a\nb\n\nc", id="texts of another shape come one after the other"),
    ],
)  # fmt: skip
def test_two_lines_become_one(first, second, expected):
    assert together([first, second]) == expected


def test_what_people_wrote_stands_once_between_the_languages():
    human = "We meet on Mondays &amp; Fridays.\n\n– in Kunming: 昆明\n– ຢູ່ວຽງຈັນ · 9:00"
    read = together([f"已提议\n\n{human}\n\n尚无答复", f"ສະເໜີແລ້ວ\n\n{human}\n\nຍັງບໍ່ມີຄຳຕອບ"])
    assert read.count(human) == 1
    assert read.index("已提议") < read.index("ສະເໜີແລ້ວ") < read.index(human) < read.index("尚无答复")


def test_a_long_text_in_two_languages_is_cut_between_paragraphs():
    paragraphs = [f"<b>T{n}</b> {'x' * 150} · {{}}" for n in range(40)]
    both = together(["\n\n".join(p.format(w) for p in paragraphs) for w in ("尚无答复", "ຍັງບໍ່ມີຄຳຕອບ")])
    pieces = split_paragraphs(both)
    assert len(pieces) > 1
    assert all(visible_units(piece) <= MESSAGE_LIMIT for piece in pieces)
    assert "\n\n".join(pieces) == both


@pytest.mark.parametrize(
    ("labels", "joined"),
    [
        (["同意", "ເຫັນດີ"], "同意 · ເຫັນດີ"),
        (["D3", "D3"], "D3"),
        (["旧的 ›", "ເກົ່າ ›"], "旧的 · ເກົ່າ ›"),
        (["A & <b>", "A & <b>"], "A & <b>"),
        (["异议（A & B）", "ຄັດຄ້ານ (A & B)"], "异议（A & B） · ຄັດຄ້ານ (A & B)"),
    ],
)
def test_a_label_is_joined(labels, joined):
    assert label(labels, " · ") == joined


def row(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(each, "x.y") for each in labels)


@pytest.mark.parametrize(
    ("given", "sizes"),
    [
        pytest.param(["Done", "In progress"], [2], id="fits"),
        pytest.param(["完成 · ສຳເລັດແລ້ວ", "进行中 · ກຳລັງດຳເນີນ"], [1, 1], id="too long for two"),
        pytest.param(["Change date", "Who?", "Area", "Drop"], [2, 2], id="four become two and two"),
        pytest.param(["x" * 80], [1], id="nothing helps"),
        pytest.param([str(day) for day in range(15, 22)], [7], id="a week stays a week"),
        pytest.param(["同意同意同意同意同意" for _ in range(7)], [7], id="a week stays a week, whatever stands in it"),
    ],
)
def test_rows_are_as_short_as_their_labels_need(given, sizes):
    rows = fitting((row(*given),))
    assert [len(each) for each in rows] == sizes
    assert [button.label for each in rows for button in each] == given


def test_the_width_counts_what_is_drawn():
    assert width("同意") == 4
    assert width("ກຳ") == 2
    assert width("ສິ່ງ") == 2
    assert room(1) == COLUMNS - 1

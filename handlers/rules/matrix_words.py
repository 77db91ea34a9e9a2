"""The words of action matrices, in three languages: headers of columns, states, and what sides are called."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum, auto

from handlers.rules.scripts import script_of
from handlers.rules.text import searchable
from storage.kinds import TaskState


class Column(StrEnum):
    """What a column of an action matrix holds."""

    ACTIVITY = auto()
    TASK = auto()
    RESPONSIBLE = auto()
    DUE = auto()
    STATUS = auto()
    REMARKS = auto()
    AREA = auto()


HEADERS: Mapping[Column, tuple[str, ...]] = {
    Column.ACTIVITY: (
        "activity", "activities", "planned activity", "planned activities", "key activity", "main activity",
        "main activities", "work item", "action plan",
        "活动", "活动内容", "活动名称", "主要活动", "工作内容", "工作事项", "行动计划", "事项", "内容",
        "ກິດຈະກຳ", "ກິດຈະກໍາ", "ກິດຈະກຳຫຼັກ", "ແຜນວຽກ", "ເນື້ອໃນວຽກ", "ລາຍການ",
    ),
    Column.TASK: (
        "task", "tasks", "action", "actions", "action item", "action point", "step", "sub-activity", "next step",
        "任务", "工作任务", "步骤", "行动", "具体任务", "下一步",
        "ໜ້າວຽກ", "ວຽກ", "ຂັ້ນຕອນ", "ວຽກຕໍ່ໄປ",
    ),
    Column.RESPONSIBLE: (
        "responsible", "responsible person", "responsible persons", "person responsible", "responsible side",
        "responsible party", "responsible unit", "responsible institution", "responsibility", "who",
        "by whom", "owner", "person in charge", "lead", "lead side", "lead institution", "assigned to", "implementer",
        "负责人", "责任人", "负责方", "责任方", "责任单位", "负责单位", "责任部门", "牵头方", "牵头单位", "负责",
        "ຜູ້ຮັບຜິດຊອບ", "ຜູ້ຮັບຜິດຊອບຫຼັກ", "ຝ່າຍຮັບຜິດຊອບ", "ພາກສ່ວນຮັບຜິດຊອບ", "ຮັບຜິດຊອບ", "ຝ່າຍຮັບຜິດຊອບຫຼັກ", "ໃຜ",
    ),
    Column.DUE: (
        "due", "due date", "due by", "deadline", "date", "by when", "when", "time", "timeline", "end date",
        "target date", "completion date", "date of completion",
        "截止日期", "截止时间", "完成时间", "计划完成时间", "预计完成时间", "完成日期", "完成时限", "期限", "时间",
        "日期", "时限", "时间节点",
        "ວັນກຳນົດ", "ກຳນົດສົ່ງ", "ກຳນົດເວລາ", "ກຳນົດເວລາສຳເລັດ", "ວັນທີ", "ເວລາ", "ວັນສຳເລັດ", "ວັນທີສຳເລັດ",
    ),
    Column.STATUS: (
        "status", "current status", "status of implementation", "state", "progress", "completion",
        "状态", "当前状态", "进展", "进展情况", "完成情况", "执行情况", "落实情况", "进度",
        "ສະຖານະ", "ສະຖານະປັດຈຸບັນ", "ຄວາມຄືບໜ້າ", "ສະພາບ",
    ),
    Column.REMARKS: (
        "remarks", "remark", "notes", "note", "comments", "comment",
        "备注", "说明", "附注", "ໝາຍເຫດ", "ຄຳເຫັນ",
    ),
    Column.AREA: ("area", "areas", "component", "field", "领域", "板块", "类别", "ຂົງເຂດ", "ຂະແໜງ"),
}  # fmt: skip

STATES: Mapping[TaskState, tuple[str, ...]] = {
    TaskState.OPEN: (
        "open", "not started", "not yet started", "not yet", "new", "planned", "pending", "to do", "to be done",
        "postponed", "delayed", "late", "overdue",
        "未开始", "尚未开始", "未启动", "未完成", "计划中", "待办", "推迟", "延误", "延期", "逾期",
        "ຍັງບໍ່ເລີ່ມ", "ຍັງບໍ່ທັນເລີ່ມ", "ຍັງບໍ່ສຳເລັດ", "ວາງແຜນ", "ເລື່ອນ", "ຊ້າ", "ກາຍກຳນົດ",
    ),
    TaskState.IN_PROGRESS: (
        "in progress", "ongoing", "on-going", "on going", "started", "under way", "underway", "on track",
        "进行中", "正在进行", "已开始", "执行中", "实施中", "推进中",
        "ກຳລັງດຳເນີນ", "ກຳລັງເຮັດ", "ກຳລັງຈັດຕັ້ງປະຕິບັດ", "ດຳເນີນຢູ່", "ເລີ່ມແລ້ວ",
    ),
    TaskState.WAITING: ("waiting", "waiting for the other side", "等待对方", "等待", "ລໍຖ້າອີກຝ່າຍ", "ລໍຖ້າ"),
    TaskState.BLOCKED: (
        "blocked", "needs help", "stuck", "on hold", "遇到困难", "需协助", "受阻", "ຕິດຂັດ", "ຕ້ອງການຊ່ວຍເຫຼືອ",
    ),
    TaskState.DONE: (
        "done", "completed", "complete", "finished", "closed", "achieved", "yes", "✓", "✔",
        "已完成", "完成", "ສຳເລັດ", "ສຳເລັດແລ້ວ", "ແລ້ວ",
    ),
    TaskState.CANCELLED: ("cancelled", "canceled", "dropped", "已取消", "取消", "ຍົກເລີກ", "ຍົກເລີກແລ້ວ"),
}  # fmt: skip
NOTHING = (
    "-", "–", "—", "/", "?", "n/a", "na", "none", "nil", "tbd", "tbc", "to be determined", "to be confirmed",
    "无", "没有", "待定", "ບໍ່ມີ", "ຍັງບໍ່ກຳນົດ", "ຍັງບໍ່ທັນກຳນົດ",
)  # fmt: skip
"""What people write into a cell that is to say nothing."""
BOTH = ("both", "both sides", "all", "双方", "各方", "ສອງຝ່າຍ", "ທັງສອງຝ່າຍ")
SUPPORT = ("project", "project office", "supporting project", "项目", "项目办", "ໂຄງການ", "ຫ້ອງການໂຄງການ")
COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "LA": ("lao", "laos", "lao side", "lao pdr", "老方", "老挝", "老挝方", "ລາວ", "ຝ່າຍລາວ"),
    "CN": ("chinese", "china", "chinese side", "中方", "中国", "ຈີນ", "ຝ່າຍຈີນ"),
}
"""What people call sides of these countries; of others they write the country's name."""
LANGUAGES = ("en", "zh", "lo")


def _known(words: Mapping[Column, tuple[str, ...]]) -> dict[str, Column]:
    return {searchable(word): column for column, listed in words.items() for word in listed}


_COLUMNS = _known(HEADERS)
_STATES = {searchable(word): state for state, listed in STATES.items() for word in listed}
_NOTHING = {searchable(word) for word in NOTHING}
_SCRIPTS = re.compile(r"[A-Za-z][A-Za-z .'-]*|[\u4e00-\u9fff]+|[\u0e80-\u0eff][\u0e80-\u0eff ]*")
_SIGNS = " .:*#!。！："
"""Signs around a word of a table that change nothing of what it means."""


def column_of(header: str) -> Column | None:
    """What a header means; what stands in brackets behind it, or in a second language beside it, is left out."""
    for part in (header, _before_brackets(header), *header.split("/"), *_languages(header)):
        found = _COLUMNS.get(searchable(part).strip(_SIGNS))
        if found is not None:
            return found
    return None


def _before_brackets(words: str) -> str:
    return words.replace("（", "(").partition("(")[0]


def _languages(header: str) -> Iterator[str]:
    """The pieces of a header that is in several scripts at once, such as that of a matrix in two languages."""
    pieces: list[str] = _SCRIPTS.findall(header)
    if len({script_of(piece[0]) for piece in pieces}) > 1:
        yield from pieces


def says_nothing(written: str) -> bool:
    """Whether a cell is left open, by nothing at all, a dash or "to be determined"."""
    words = searchable(written)
    return not words or words in _NOTHING


def state_of(written: str) -> TaskState | None:
    """The state a cell means, also as a share such as 50% or 0.5; nothing written is open; None for anything else."""
    if says_nothing(written):
        return TaskState.OPEN
    share = _share(written)
    if share is not None:
        return TaskState.OPEN if share <= 0 else TaskState.DONE if share >= 1 else TaskState.IN_PROGRESS
    found = (_STATES.get(searchable(part).strip(_SIGNS)) for part in (written, _before_brackets(written)))
    return next((state for state in found if state is not None), None)


def _share(written: str) -> float | None:
    text = written.strip().replace("％", "%")
    try:
        number = float(text.removesuffix("%").strip())
    except ValueError:
        return None
    share = number / 100 if text.endswith("%") or number > 1 else number
    return share if 0 <= share <= 1 else None


def names_of_country(country: str) -> Iterable[str]:
    """What a side may be called after its country."""
    from babel import Locale

    yield from COUNTRIES.get(country, ())
    for language in LANGUAGES:
        name = Locale(language).territories.get(country)
        if name:
            yield from (name, f"{name} side", f"{name}方", f"ຝ່າຍ{name}")

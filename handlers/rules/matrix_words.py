"""The words of action matrices, in three languages: headers of columns, states, and what sides are called."""

from collections.abc import Iterable, Mapping
from enum import StrEnum, auto

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
        "activity", "activities", "planned activity", "key activity", "work item", "action plan",
        "活动", "活动内容", "工作内容", "工作事项", "行动计划", "事项", "内容",
        "ກິດຈະກຳ", "ກິດຈະກໍາ", "ແຜນວຽກ", "ເນື້ອໃນວຽກ", "ລາຍການ",
    ),
    Column.TASK: (
        "task", "tasks", "action", "actions", "action item", "action point", "step", "sub-activity", "next step",
        "任务", "步骤", "行动", "具体任务", "下一步",
        "ໜ້າວຽກ", "ວຽກ", "ຂັ້ນຕອນ", "ວຽກຕໍ່ໄປ",
    ),
    Column.RESPONSIBLE: (
        "responsible", "responsible person", "responsible side", "responsible party", "responsibility", "who",
        "by whom", "owner", "person in charge", "lead", "lead side", "assigned to",
        "负责人", "责任人", "负责方", "责任方", "责任单位", "牵头方", "负责",
        "ຜູ້ຮັບຜິດຊອບ", "ຝ່າຍຮັບຜິດຊອບ", "ຮັບຜິດຊອບ", "ຝ່າຍຮັບຜິດຊອບຫຼັກ", "ໃຜ",
    ),
    Column.DUE: (
        "due", "due date", "deadline", "date", "by when", "when", "time", "timeline", "end date", "target date",
        "截止日期", "截止时间", "完成时间", "完成日期", "期限", "时间", "日期", "时限",
        "ວັນກຳນົດ", "ກຳນົດສົ່ງ", "ກຳນົດເວລາ", "ວັນທີ", "ເວລາ", "ວັນສຳເລັດ",
    ),
    Column.STATUS: (
        "status", "state", "progress", "completion",
        "状态", "进展", "进展情况", "完成情况", "进度",
        "ສະຖານະ", "ຄວາມຄືບໜ້າ", "ສະພາບ",
    ),
    Column.REMARKS: (
        "remarks", "remark", "notes", "note", "comments", "comment",
        "备注", "说明", "附注", "ໝາຍເຫດ", "ຄຳເຫັນ",
    ),
    Column.AREA: ("area", "areas", "component", "field", "领域", "板块", "类别", "ຂົງເຂດ", "ຂະແໜງ"),
}  # fmt: skip

STATES: Mapping[TaskState, tuple[str, ...]] = {
    TaskState.OPEN: (
        "open", "not started", "planned", "pending", "to do", "postponed", "delayed", "late", "overdue",
        "未开始", "计划中", "待办", "推迟", "延误", "延期", "逾期", "ຍັງບໍ່ເລີ່ມ", "ວາງແຜນ", "ເລື່ອນ", "ຊ້າ", "ກາຍກຳນົດ",
    ),
    TaskState.IN_PROGRESS: (
        "in progress", "ongoing", "on-going", "on going", "started", "under way", "underway", "on track",
        "进行中", "正在进行", "已开始", "ກຳລັງດຳເນີນ", "ກຳລັງເຮັດ", "ດຳເນີນຢູ່", "ເລີ່ມແລ້ວ",
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


def column_of(header: str) -> Column | None:
    """What a header means; what stands in brackets behind it, or in a second language behind a stroke, is left out."""
    for part in (header, *header.replace("（", "(").partition("(")[0:1], *header.split("/"), *header.split("\n")):
        found = _COLUMNS.get(searchable(part).strip(" .:*#"))
        if found is not None:
            return found
    return None


def state_of(written: str) -> TaskState | None:
    """The state a cell means, also as a share such as 50% or 0.5; nothing written is open; None for anything else."""
    words = searchable(written)
    if not words:
        return TaskState.OPEN
    share = _share(written)
    if share is not None:
        return TaskState.OPEN if share <= 0 else TaskState.DONE if share >= 1 else TaskState.IN_PROGRESS
    return _STATES.get(words)


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

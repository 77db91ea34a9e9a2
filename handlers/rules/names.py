"""The short names of records, as people write and read them: A4, D3, F6, M2, S5, T17,
and T17b for one part."""

import re

_DECISION = re.compile(r"[dD]([1-9]\d{0,5})")
_ACTIVITY = re.compile(r"[aA]([1-9]\d{0,5})")
_MEETING = re.compile(r"[mM]([1-9]\d{0,5})")
_IN_MEETING = " · "
_FILE = re.compile(r"[fF]([1-9]\d{0,5})")
_SUPPORT = re.compile(r"[sS]([1-9]\d{0,5})")
_TASK = re.compile(r"[tT]([1-9]\d{0,5})([a-zA-Z]?)")


def decision_name(number: int) -> str:
    """The name of a decision, such as D3."""
    return f"D{number}"


def file_name(number: int) -> str:
    """The name of a file on the shelf, such as F6."""
    return f"F{number}"


def support_name(number: int) -> str:
    """The name of a request for support, such as S5."""
    return f"S{number}"


def task_name(number: int, part: int = 0) -> str:
    """The name of a task, such as T17; with a part from 1 on, T17a and so forth."""
    return f"T{number}{chr(ord('a') + part - 1) if part else ''}"


def task_names(first: int, last: int) -> str:
    """The names of tasks that follow each other, such as T10–T31, or T10 alone."""
    return task_name(first) if first == last else f"{task_name(first)}–{task_name(last)}"


def read_decision_name(text: str) -> int | None:
    """The number of the decision named, or None where the text is no such name."""
    found = _DECISION.fullmatch(text.strip())
    return int(found[1]) if found else None


def read_file_name(text: str) -> int | None:
    """The number of the file named, or None where the text is no such name."""
    found = _FILE.fullmatch(text.strip())
    return int(found[1]) if found else None


def read_support_name(text: str) -> int | None:
    """The number of the request named, or None where the text is no such name."""
    found = _SUPPORT.fullmatch(text.strip())
    return int(found[1]) if found else None


def read_task_name(text: str) -> tuple[int, int] | None:
    """The number and part (0 for none) of the task named, or None where the text is no such name."""
    found = _TASK.fullmatch(text.strip())
    if found is None:
        return None
    return int(found[1]), ord(found[2].lower()) - ord("a") + 1 if found[2] else 0


def activity_name(number: int) -> str:
    """The name of an activity, such as A4."""
    return f"A{number}"


def read_activity_name(text: str) -> int | None:
    """The number of the activity named, or None where the text is no such name."""
    found = _ACTIVITY.fullmatch(text.strip())
    return int(found[1]) if found else None


def meeting_name(number: int) -> str:
    """The name of a meeting, such as M2."""
    return f"M{number}"


def said_in_meeting(number: int, title: str) -> str:
    """The evidence of an answer that was given in a meeting, such as "M2 · Module plan": the same for every reader."""
    return f"{meeting_name(number)}{_IN_MEETING}{title}"


def meeting_of_evidence(evidence: str) -> str:
    """The meeting in which an answer was given, or "" where its evidence is something else."""
    name, sign, _ = evidence.partition(_IN_MEETING)
    return name if sign and read_meeting_name(name) is not None else ""


def read_meeting_name(text: str) -> int | None:
    """The number of the meeting named, or None where the text is no such name."""
    found = _MEETING.fullmatch(text.strip())
    return int(found[1]) if found else None

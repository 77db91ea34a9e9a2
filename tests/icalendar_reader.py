"""Calendar files as RFC 5545 has them, read without the library that writes them: by its rules of lines and texts, and
by dateutil for zones. What a strict program would refuse fails here."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO

from dateutil.tz import tzical

LONGEST = 75
"""Octets of one line."""
_LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<parameters>(?:;[A-Z-]+=(?:\"[^\"]*\"|[^;:\",]*))*):(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One content line, unfolded: its value as it stands, and its parameters."""

    name: str
    value: str
    parameters: dict[str, str]

    @property
    def text(self) -> str:
        """The value of a text property."""
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], self.value)


def lines_of(content: bytes) -> list[Line]:
    """The lines of a file, none too long and no letter torn apart."""
    assert content.endswith(b"\r\n")
    physical = content.split(b"\r\n")[:-1]
    assert max(map(len, physical)) <= LONGEST
    assert b"\n" not in b"".join(physical)
    whole: list[str] = []
    for line in (each.decode("utf-8") for each in physical):  # a torn letter is no UTF-8
        if line.startswith((" ", "\t")):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return [_line(each) for each in whole]


def _line(written: str) -> Line:
    found = _LINE.fullmatch(written)
    assert found is not None, written
    pairs = re.findall(r";([A-Z-]+)=(?:\"([^\"]*)\"|([^;:\",]*))", found["parameters"])
    return Line(found["name"], found["value"], {name: quoted or plain for name, quoted, plain in pairs})


@dataclass(frozen=True)
class Event:
    """The one event of a file."""

    method: str
    lines: dict[str, Line]
    begins: datetime
    ends: datetime
    alarm: timedelta | None

    def text(self, name: str) -> str:
        """A text of it, such as SUMMARY."""
        return self.lines[name].text


def event_of(content: bytes) -> Event:
    """What a calendar would take in of this file."""
    lines = lines_of(content)
    assert [(each.name, each.value) for each in (lines[0], lines[-1])] == [("BEGIN", "VCALENDAR"), ("END", "VCALENDAR")]
    inside = _inside(lines, "VEVENT")
    alarm = _inside(inside, "VALARM")
    own = {each.name: each for each in inside if each not in alarm}
    zones = tzical(StringIO(content.decode("utf-8")))
    return Event(
        next(each.value for each in lines if each.name == "METHOD"),
        own,
        _moment(own["DTSTART"], zones),
        _moment(own["DTEND"], zones),
        next((_before(each.value) for each in alarm if each.name == "TRIGGER"), None),
    )


def _inside(lines: list[Line], component: str) -> list[Line]:
    marks = [at for at, each in enumerate(lines) if each.name in ("BEGIN", "END") and each.value == component]
    assert len(marks) in (0, 2), f"one {component} at most"
    return lines[marks[0] + 1 : marks[1]] if marks else []


def _moment(line: Line, zones: tzical) -> datetime:
    """A local time in the zone that the file itself describes."""
    return datetime.strptime(line.value, "%Y%m%dT%H%M%S").replace(tzinfo=zones.get(line.parameters["TZID"]))


def _before(trigger: str) -> timedelta:
    found = re.fullmatch(r"-PT(\d+)M", trigger)
    assert found is not None, trigger
    return timedelta(minutes=int(found[1]))

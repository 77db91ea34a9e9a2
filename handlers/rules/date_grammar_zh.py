"""Chinese dates: 下周五前, 5个工作日内, 4月20日下午3点半, 国庆节前, 下个月上旬; the whole phrase or nothing."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from handlers.rules import date_grammar_zh_clock as clock
from handlers.rules import date_grammar_zh_days as single
from handlers.rules import date_grammar_zh_periods as whole
from handlers.rules import date_holidays
from handlers.rules.date_grammar_zh_words import by_rules
from handlers.rules.date_periods import before_date
from handlers.rules.date_reading import Days, Doubt, Found, Known, Reason, UnreadableDate, add_months
from handlers.rules.date_zh import in_digits, is_chinese, spelled

_MOST = 1000
_DAYS_OF = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_MONTHS_OF = {"月": 1, "季度": 3, "年": 12}
_HALF_A_MONTH = timedelta(15)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Compiled when the first Chinese phrase is read."""
    later = "(?:之后|以后|后|之内|以内|内)"
    work = "(?:工作日|工作天|上班日)"
    return {
        "opening": re.compile(
            "(?:请|务必|必须)?(?:截止(?:日期|时间|到|至|于)?|截至|期限|限期?[于在]?|日期|最晚|最迟|不得?[晚迟]于|不得?超过|赶在"
            "|定[于在]|直?到|至|于|在|是|为|:)+"
        ),
        "hours": re.compile(
            rf"(?:再?过)?(?:(?P<count>\d{{1,6}})个?(?P<more>半)?|(?P<half>半)个?)(?P<unit>小时|钟头|分钟|刻钟)(?:的?时间)?{later}"
        ),
        # A month is counted with 个: 3月内 is March's.
        "ahead": re.compile(
            rf"(?P<more>再过)?(?P<count>\d{{1,6}})(?:(?:个整?|整)?(?P<unit>天|日|周|星期|礼拜|年)|个(?P<long>月|季度))(?P<later>{later})?"
        ),
        "half": re.compile(f"(?:再?过)?半(?:个(?P<month>月)|年){later}"),
        "work": re.compile(rf"(?:再?过|(?:接下来|未来|今后)的?)?(?P<count>\d{{1,6}})个?{work}(?:{later})?"),
        "next_work": re.compile(f"下1?个?{work}"),
        "work_of": re.compile(f"(?P<month>.*月(?:份|底)?)的?(?P<rank>第1|最后1)个?{work}"),
        "closing": re.compile("(?<=[前内])(?:完成|提交|上交|交|发送)$"),
        # 八月十五 is a day of the lunar calendar, 8月15 is not.
        "lunar": re.compile("月[一二三四五六七八九十]+(?![日号一二三四五六七八九十])"),
        "leaving": re.compile("(?P<day>.+?)的?(?:[上下]午|晚上)?下班(?:之前|以前|前)?|下班(?:之前|以前|前)"),
        "before": re.compile("(?P<day>.+?)(?:之前|以前|前)"),
        "eve": re.compile(r"(?P<day>.+?)的?前(?:夕|(?P<count>[1-9]\d?)(?:天|个?(?P<weeks>周|星期|礼拜)))"),
        "within": re.compile("(?P<day>.+?)(?:之内|以内|内)"),
        "till": re.compile("(?P<day>.+?)(?:为止|截止|止|当天|当日|那天|结束前|结束之前)"),
        "free": re.compile("放假|假期开始"),
    }


def read(phrase: str, local: datetime, known: Known) -> Found | None:
    """What a Chinese phrase means; `phrase` is folded, `local` is the reader's now. None if this is no Chinese date."""
    if not is_chinese(phrase):
        return None
    written = _bare(spelled(phrase))
    if _patterns()["lunar"].search(written):
        return None
    words = clock.plain(in_digits(written))
    if found := _hours_ahead(words, local):
        return found
    if days := _day(words, written, local.date(), known):
        return Found(days)
    return _with_time(words, local.date(), known)


def _bare(phrase: str) -> str:
    """The phrase without the words around it that say it is a deadline."""
    opening = _patterns()["opening"].match(phrase)
    return _patterns()["closing"].sub("", phrase[opening.end() :] if opening else phrase)


def _day(words: str, written: str, today: date, known: Known) -> Days | None:
    """The day that the words mean, without a time; `written` is the same with its numerals as they were."""
    return _named_day(words, today, known) or _closed(words, written, today, known) or _holiday(written, today, known)


def _named_day(words: str, today: date, known: Known) -> Days | None:
    return (
        by_rules(single.days(), words, today)
        or by_rules(whole.ends(), words, today)
        or _ahead(words, today, known)
        or by_rules(whole.open_ones(), words, today)
    )


def _closed(words: str, written: str, today: date, known: Known) -> Days | None:
    """A day with a word behind it that makes it a deadline."""
    patterns = _patterns()
    if match := patterns["leaving"].fullmatch(words):
        return _end_or_day(match["day"], today) if match["day"] else Days(today)
    if match := patterns["before"].fullmatch(words):
        return _before(match["day"], patterns["before"].sub(r"\g<day>", written), today, known)
    if match := patterns["eve"].fullmatch(words):
        return _earlier(match, written, today, known)
    if match := patterns["within"].fullmatch(words):
        return by_rules(single.days(), match["day"], today) or by_rules(whole.within(), match["day"], today)
    match = patterns["till"].fullmatch(words)
    return _end_or_day(match["day"], today) if match else None


def _end_or_day(words: str, today: date) -> Days | None:
    return by_rules(single.days(), words, today) or by_rules(whole.ends(), words, today)


def _before(words: str, written: str, today: date, known: Known) -> Days | None:
    dotted = single.DOTTED.fullmatch(words)
    if days := by_rules(single.days(), words + "日" if dotted else words, today):
        return before_date(days)
    return (
        by_rules(whole.ends(), words, today)
        or by_rules(whole.before(), words, today)
        or date_holidays.before(_patterns()["free"].sub("", written), today, known)
    )


def _earlier(match: re.Match[str], written: str, today: date, known: Known) -> Days | None:
    """清明节前一天, 3月20日前两天: so many days before a date or a holiday; 前夕 is the last working day."""
    count = int(match["count"] or 0) * (7 if match["weeks"] else 1)
    days = by_rules(single.days(), match["day"], today)
    if days is not None:
        return None if days.doubt or not count else Days(days.best - timedelta(count))
    days = date_holidays.before(written[: written.rindex("前")].removesuffix("的"), today, known, count)
    # 节前一周 is a day seven days before for some, the whole week for others.
    return replace(days, doubt=days.doubt or Doubt.SOME_DAY_OF_A_WEEK) if days and match["weeks"] else days


def _holiday(written: str, today: date, known: Known) -> Days | None:
    return date_holidays.on(written, today, known)


def _ahead(words: str, today: date, known: Known) -> Days | None:
    """So many days, weeks, months or working days from today."""
    patterns = _patterns()
    if match := patterns["ahead"].fullmatch(words):
        counted = match["more"] or match["later"]
        days = _after(int(match["count"]), match["unit"] or match["long"], today) if counted else None
        # 20日后 is in twenty days or, with a word left out, some day after the 20th.
        return replace(days, doubt=Doubt.SOME_DAY) if days and re.search("日.?后$", words) else days
    if match := patterns["half"].fullmatch(words):
        return Days(today + _HALF_A_MONTH if match["month"] else add_months(today, 6))
    if match := patterns["work"].fullmatch(words):
        return date_holidays.working_days(int(match["count"]), today, known) if int(match["count"]) else None
    if patterns["next_work"].fullmatch(words):
        return date_holidays.working_days(1, today, known)
    match = patterns["work_of"].fullmatch(words)
    return _working_day_of_month(match["month"], match["rank"], today, known) if match else None


def _after(count: int, unit: str, today: date) -> Days | None:
    if not count:
        return None
    if count > _MOST:
        raise UnreadableDate(Reason.TOO_FAR)
    if unit in _MONTHS_OF:
        return Days(add_months(today, count * _MONTHS_OF[unit]))
    return Days(today + timedelta(count * _DAYS_OF[unit]))


def _working_day_of_month(month: str, rank: str, today: date, known: Known) -> Days | None:
    """The first or the last working day of a month."""
    end = by_rules(whole.ends(), f"{month.removesuffix('底')}底", today)
    if end is None or known.working is None:
        return None
    first = rank == "第1"
    find = known.working.working_day_on_or_after if first else known.working.working_day_on_or_before
    day = find(end.best.replace(day=1) if first else end.best)
    return Days(day, doubt=end.doubt) if day else None


def _with_time(words: str, today: date, known: Known) -> Found | None:
    for timed in clock.timed(words):
        days = _day_of_time(timed.rest, today, known) if timed.rest else Days(today)
        if days is not None:
            return timed.on(days)
    rest = clock.part_alone(words)
    days = _day_of_time(rest, today, known) if rest else None
    return Found(days, doubt=Doubt.PART_OF_DAY) if days else None


def _day_of_time(words: str, today: date, known: Known) -> Days | None:
    return _end_or_day(words, today) or _ahead(words, today, known) or by_rules(whole.open_ones(), words, today)


def _hours_ahead(words: str, local: datetime) -> Found | None:
    match = _patterns()["hours"].fullmatch(words)
    if match is None or match["count"] == "0":
        return None
    if int(match["count"] or 1) > _MOST:
        raise UnreadableDate(Reason.TOO_FAR)
    minutes = {"小时": 60, "钟头": 60, "刻钟": 15, "分钟": 1}[match["unit"]]
    span = timedelta(minutes=minutes * (int(match["count"] or 0) + (0.5 if match["half"] or match["more"] else 0)))
    # Hours are counted on the clock of the world, not on the wall: clocks may change in between.
    then = (local.astimezone(UTC) + span).astimezone(local.tzinfo)
    return Found(Days(then.date()), then.time().replace(second=0, microsecond=0))

"""What the person who runs the bot decides: one frozen object, from a TOML file and the environment."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_dir
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from bot import settings_checks as checks
from handlers.rules.calendar_asking import ASKS, AskOn

TELEGRAM = "https://api.telegram.org"
DATABASE_FILE = "focalpoint.sqlite3"

Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
Week = Annotated[str, AfterValidator(checks.week)]
Key = Annotated[str, AfterValidator(checks.key)]
Words = Annotated[str, AfterValidator(checks.words)]
Language = Annotated[str, AfterValidator(checks.language)]
WEEK = "Mon-Fri 08:00-12:00 13:00-16:00"


class Section(BaseModel):
    """A table of the file. The first of a field's examples is the line that a fault tells to write."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Telegram(Section):
    """How the bot reaches Telegram, and Telegram the bot."""

    token: Annotated[SecretStr, AfterValidator(checks.token)] = Field(examples=["123456:ABC..."])
    api_url: Annotated[str, AfterValidator(checks.server)] = Field(default=TELEGRAM, examples=[TELEGRAM])
    proxy: Annotated[SecretStr, AfterValidator(checks.proxy)] | None = Field(
        default=None, examples=["socks5://127.0.0.1:1080"]
    )
    mode: Literal["polling", "webhook"] = Field(default="polling", examples=["polling"])
    webhook_url: Annotated[str, AfterValidator(checks.webhook_url)] | None = Field(
        default=None, examples=["https://bot.example.org/telegram"]
    )
    webhook_listen: Annotated[str, AfterValidator(checks.listen)] = Field(
        default="127.0.0.1:8443", examples=["127.0.0.1:8443"]
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(checks.webhook_secret)] | None = Field(
        default=None, examples=["a-long-word-that-nobody-guesses"]
    )

    @property
    def bot_id(self) -> int:
        """The bot's own number, which its token begins with."""
        return int(self.token.get_secret_value().partition(":")[0])

    @property
    def base_url(self) -> str:
        """Where methods are called, as python-telegram-bot wants it: the token follows directly."""
        return f"{self.api_url}/bot"

    @property
    def base_file_url(self) -> str:
        """Where files are fetched, as python-telegram-bot wants it."""
        return f"{self.api_url}/file/bot"

    @property
    def listen(self) -> tuple[str, int]:
        """Host and port for the webhook."""
        return checks.host_and_port(self.webhook_listen)


class DatabaseSection(Section):
    """Where the records are kept."""

    url: Annotated[SecretStr, AfterValidator(checks.database_url)] | None = Field(
        default=None, examples=["sqlite:////var/lib/focalpoint/focalpoint.sqlite3"]
    )
    data_dir: Words | None = Field(default=None, examples=["/var/lib/focalpoint"])


class Defaults(Section):
    """What a new working group starts with; afterwards /mechanism changes it."""

    languages: Annotated[tuple[Language, ...], Field(strict=False, min_length=1)] = Field(
        default=("en",), examples=[["en"]]
    )
    week: Week = Field(default=WEEK, examples=[WEEK])
    ladder: Annotated[str, AfterValidator(checks.ladder)] = Field(
        default="-5 -1 0 +1 person; +2 focal; +5 coordinator",
        examples=["-5 -1 0 +1 person; +2 focal; +5 coordinator"],
    )
    digest_weekday: Weekday = Field(default="Mon", examples=["Mon"])
    digest_hour: Annotated[str, AfterValidator(checks.hour)] = Field(default="09:00", examples=["09:00"])
    quiet: Annotated[str, AfterValidator(checks.quiet)] = Field(default="20:00-07:00", examples=["20:00-07:00"])
    answer_days: int = Field(default=5, ge=1, le=60, examples=[5])
    catch_up_days: int = Field(default=7, ge=1, le=60, examples=[7])

    @property
    def digest_day(self) -> int:
        """The digest's day of the week, Monday is 0."""
        return checks.WEEKDAYS.index(self.digest_weekday)


class Place(Section):
    """Where people work, in which hours and language."""

    key: Key = Field(examples=["north"])
    name: Words = Field(examples=["North"])
    country: Annotated[str, AfterValidator(checks.country)] = Field(examples=["LA"])
    city: Words = Field(examples=["Vientiane"])
    zone: Annotated[str, AfterValidator(checks.zone)] = Field(examples=["Asia/Vientiane"])
    week: Week | None = Field(default=None, examples=[WEEK])
    language: Language | None = Field(default=None, examples=["en"])


class SideTemplate(Place):
    """One institution of two."""

    institution: Words = Field(examples=["The college in Vientiane"])


class OrganisationTemplate(Place):
    """A supporting organisation: it has people, not a say."""


class GroupTemplate(Section):
    """A working group that can be created with one command."""

    key: Key = Field(examples=["model"])
    name: Words = Field(examples=["Working group on vocational training"])
    sides: Annotated[tuple[Key, ...], Field(strict=False, min_length=2, max_length=2)] = Field(
        examples=[["north", "south"]]
    )
    organisation: Key | None = Field(default=None, examples=["support"])
    areas: Annotated[tuple[Annotated[str, AfterValidator(checks.area)], ...], Field(strict=False, min_length=1)] = (
        Field(examples=[["Curriculum development #curriculum"]])
    )

    @property
    def area_tags(self) -> tuple[tuple[str, str], ...]:
        """Name and tag of every area."""
        return tuple(checks.area_tag(area) for area in self.areas)


class CalendarSection(Section):
    """When coordinators are asked whether a country's calendar is right."""

    ask_on: Annotated[tuple[Annotated[str, AfterValidator(checks.ask_on)], ...], Field(strict=False)] = Field(
        default=(), examples=[["CN 11-15", "LA 03-25"]]
    )

    @property
    def asks(self) -> Mapping[str, AskOn]:
        """The day of each country, those of the program where the file names none."""
        return {**ASKS, **dict(checks.country_and_day(line) for line in self.ask_on)}


class Operation(Section):
    """What the running program does for whoever looks after it."""

    health_listen: Annotated[str, AfterValidator(checks.loopback)] | None = Field(
        default=None, examples=["127.0.0.1:8081"]
    )
    backups: bool = Field(default=True, examples=[True])
    backup_dir: Words | None = Field(default=None, examples=["/var/backups/focalpoint"])
    keep_updates_days: int = Field(default=30, ge=8, le=3650, examples=[30])
    keep_calls_days: int = Field(default=90, ge=8, le=3650, examples=[90])


class Log(Section):
    """How the program tells what it does."""

    format: Literal["auto", "json", "human"] = Field(default="auto", examples=["auto"])
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", examples=["INFO"])

    @property
    def number(self) -> int:
        """The level as the standard library counts."""
        return logging.getLevelNamesMapping()[self.level]


class Settings(BaseModel):
    """Everything the program is told before it starts. Nobody imports it: it is passed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    telegram: Telegram
    database: DatabaseSection = DatabaseSection()
    defaults: Defaults = Defaults()
    calendar: CalendarSection = CalendarSection()
    operation: Operation = Operation()
    log: Log = Log()
    side: tuple[SideTemplate, ...] = ()
    organisation: tuple[OrganisationTemplate, ...] = ()
    group: tuple[GroupTemplate, ...] = ()

    @property
    def data_dir(self) -> Path:
        """The folder for the database and what lies beside it."""
        return Path(self.database.data_dir or user_data_dir("focalpoint", appauthor=False))

    @property
    def database_url(self) -> str:
        """The database's address, for SQLAlchemy. Keep it out of logs: it may hold a password."""
        if self.database.url is not None:
            return self.database.url.get_secret_value()
        return f"sqlite:///{self.data_dir / DATABASE_FILE}"

    @property
    def database_file(self) -> Path | None:
        """The file the records are kept in; None when they are kept by a server."""
        scheme, _, rest = self.database_url.partition(":///")
        return Path(rest.partition("?")[0]) if scheme == "sqlite" else None

    @property
    def backup_dir(self) -> Path:
        """The folder for the copies of an SQLite database: beside the file unless another one is named."""
        if self.operation.backup_dir is not None:
            return Path(self.operation.backup_dir)
        return (self.database_file or Path(DATABASE_FILE)).absolute().parent / "backups"

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every text of these settings that no log may carry."""
        telegram = self.telegram
        whole = (telegram.token, telegram.webhook_secret)
        found = [secret.get_secret_value() for secret in whole if secret is not None]
        for address in (telegram.proxy, self.database.url):
            password = urlsplit(address.get_secret_value()).password if address is not None else None
            found.extend([password] if password else [])
        return tuple(found)


SECTIONS: dict[str, type[BaseModel]] = {
    "telegram": Telegram,
    "database": DatabaseSection,
    "defaults": Defaults,
    "calendar": CalendarSection,
    "operation": Operation,
    "log": Log,
    "side": SideTemplate,
    "organisation": OrganisationTemplate,
    "group": GroupTemplate,
}

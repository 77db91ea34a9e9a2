"""The shelf of a group: files and links that its people share."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from storage.columns import Row, instant, key, optional_ref, ref, telegram_id


class ShelfFile(Row, table=True):
    """A file by its Telegram id, or a link, with the words it was shared with.

    `kind` is "link" or what Telegram calls the file; `line` counts what one message shared. `taken_off_at` is set once
    it was taken off the shelf: from then on it is neither listed nor found nor sent.
    """

    __tablename__ = "shelf_file"
    __table_args__ = (
        UniqueConstraint("group_id", "number", name="one_shared_file_per_number_in_the_group"),
        UniqueConstraint("bot_id", "update_id", "line", name="one_shared_file_per_update_and_line"),
    )

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    line: int = 0
    group_id: int = ref("working_group.id", index=False)
    number: int
    kind: str
    file_id: str = ""
    link: str = ""
    name: str = ""
    words: str = ""
    search_text: str
    area_id: int | None = optional_ref("area.id")
    side_id: int | None = optional_ref("side.id")
    shared_by: int = ref("person.id", index=False)
    shared_at: datetime = instant()
    taken_off_at: datetime | None = instant(default=None)

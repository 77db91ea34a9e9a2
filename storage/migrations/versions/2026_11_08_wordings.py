"""A decision's wording in each language, and what a search looks through written anew."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_08_wordings"
down_revision = "2026_11_07_languages"
branch_labels = None
depends_on = None

_BLOCK = 500


def upgrade() -> None:
    op.create_table(
        "decision_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("later", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_text_decision_id")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_decision_text_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_text")),
        sa.UniqueConstraint("bot_id", "update_id", name="one_wording_per_update"),
    )
    op.create_index("ix_decision_text_decision_id_language", "decision_text", ["decision_id", "language"])
    op.create_table(
        "text_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_text_confirmation_person_id")),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name=op.f("fk_text_confirmation_side_id")),
        sa.ForeignKeyConstraint(["text_id"], ["decision_text.id"], name=op.f("fk_text_confirmation_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_confirmation")),
        sa.UniqueConstraint("text_id", "side_id", name="one_confirmation_per_wording_and_side"),
    )
    with op.batch_alter_table("mechanism", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wordings", sa.Boolean(), server_default=sa.false(), nullable=False))
    for table in ("decision", "task"):
        _rewrite(table, searchable)
    _name_languages()


def downgrade() -> None:
    for table in ("task", "decision"):
        _rewrite(table, _searchable_before)
    op.drop_column("mechanism", "wordings")
    op.drop_table("text_confirmation")
    op.drop_index("ix_decision_text_decision_id_language", table_name="decision_text")
    op.drop_table("decision_text")


def _rewrite(table: str, folded: Callable[[str], str]) -> None:
    """What a search looks through, from the texts as people wrote them."""
    rows = sa.table(table, sa.column("id"), sa.column("text"), sa.column("search_text"))
    _update(rows, "search_text", lambda row: folded(row.text), rows.c.text)


def _name_languages() -> None:
    """Until now a decision had the language of its author's Telegram; where the letters tell better, they do."""
    rows = sa.table("decision", sa.column("id"), sa.column("text"), sa.column("language"))
    _update(rows, "language", lambda row: _language(row.text, row.language), rows.c.text, rows.c.language)


def _update(rows: Any, name: str, made: Callable[[Any], str], *columns: Any) -> None:
    connection = op.get_bind()
    change = sa.update(rows).where(rows.c.id == sa.bindparam("row_id")).values({name: sa.bindparam("made")})
    last = 0
    while found := connection.execute(
        sa.select(rows.c.id, *columns).where(rows.c.id > last).order_by(rows.c.id).limit(_BLOCK)
    ).all():
        connection.execute(change, [{"row_id": row.id, "made": made(row)} for row in found])
        last = found[-1].id


def _language(text: str, known: str) -> str:
    if re.search("[\u0e80-\u0eff]", text):
        return "lo"
    if re.search("[\u3400-\u9fff]", text):
        return "zh_Hans"
    return "en" if known.lower()[:2] in {"zh", "lo"} else known.partition("-")[0]


# The folding of this day, kept here so that this step does the same for ever.
_SAME = str.maketrans({"ໜ": "ຫນ", "ໝ": "ຫມ", "ຼ": "ລ", **dict(zip("໐໑໒໓໔໕໖໗໘໙", "0123456789", strict=True))})
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_SIGNS = re.compile("[\u0eb0\u0eb2\u0eb3\u0ebd\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]+")
_ORDER = "\u0ebc\u0eba\u0eb8\u0eb9\u0eb1\u0eb4\u0eb5\u0eb6\u0eb7\u0ebb\u0ecd\u0ec8\u0ec9\u0eca\u0ecb\u0ecc"
_HAN, _LAO = "[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]", "[\u0e80-\u0eff]"
_NO_BORDER = re.compile(f"(?<={_HAN}) (?={_HAN})|(?<={_LAO}) (?={_LAO})")


def searchable(text: str) -> str:
    """What a search looks through: compatibility forms, case and Lao spellings folded, signs apart from words."""
    folded = _fold_lao(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()))
    apart = "".join(f" {char} " if unicodedata.category(char)[0] in "PS" else char for char in folded)
    return _NO_BORDER.sub("", " ".join(apart.split()))


def _fold_lao(text: str) -> str:
    spaced = " ".join(_UNSEEN.sub("", text).translate(str.maketrans("ฯๆ", "ຯໆ")).split())
    seen = re.sub(r"\s+(?=[ໆຯ])", "", spaced).replace("ເເ", "ແ")
    return _SIGNS.sub(_in_order, seen).translate(_SAME)


def _in_order(run: re.Match[str]) -> str:
    signs = run[0].replace("\u0eb3", "\u0ecd\u0eb2")
    marks = "".join(sorted(set(signs) & set(_ORDER), key=_ORDER.index))
    vowels = "".join(sign for sign in signs if sign not in _ORDER)
    if "\u0ecd" in marks and "\u0eb2" in vowels:
        return marks.replace("\u0ecd", "") + vowels.replace("\u0eb2", "\u0eb3", 1)
    return marks + vowels


def _searchable_before(text: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(text.split())).casefold()

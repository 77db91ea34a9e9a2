"""A document before it has a format: headings, paragraphs, tables, and who signs. All texts are final and plain."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows below their columns. `shares` are the parts of the page's width the columns take; equal where empty."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[int] = ()


@dataclass(frozen=True)
class Image:
    """A picture as a PNG or JPEG file."""

    content: bytes


Block = Heading | Paragraph | Table | Image


@dataclass(frozen=True)
class Signature:
    """One place to sign: for whom, and what stands before each line that is filled in by hand."""

    side: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name and its table."""

    name: str
    table: Table


@dataclass(frozen=True)
class Paper:
    """A document; `facts` are lines such as ("Period", "1 April – 30 June"), `language` is that of its title.

    `signed` stands above the places to sign and says what is signed, for they may come onto a page of their own.
    `sheets` is the same matter as a workbook has it, `lines` as one table for programs.
    """

    name: str
    title: str
    language: str
    facts: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    signatures: Sequence[Signature] = ()
    signed: str = ""
    sheets: Sequence[Sheet] = ()
    lines: Table | None = None

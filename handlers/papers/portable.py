"""A paper as a PDF file, by a library that is installed only where somebody wants it (the extra `pdf`)."""

import json
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from handlers.drawing.svg import FAMILIES, FONTS
from handlers.papers.paper import Block, Heading, Image, Paper, Paragraph

TEMPLATE = Path(__file__).with_name("paper.typ")


def can() -> bool:
    """Whether that library is installed."""
    return find_spec("typst") is not None


def pdf(paper: Paper) -> bytes:
    """The bytes of the .pdf file. Texts go in as data, never as markup."""
    import typst

    content = {
        "title": paper.title,
        "facts": [list(fact) for fact in paper.facts],
        "blocks": [each for block in paper.blocks if (each := _block(block))],
        "signed": paper.signed,
        "signatures": [asdict(signature) for signature in paper.signatures],
        "fonts": list(FAMILIES.values()),
    }
    compiled = typst.compile(
        str(TEMPLATE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(content, ensure_ascii=False)},
    )
    assert isinstance(compiled, bytes), "one document is one file"
    return compiled


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Image():
            return {}  # the photo is in the Word document, which is the one that is signed
        case _:
            shares = list(block.shares or [1] * len(block.columns))
            return {
                "kind": "table",
                "columns": list(block.columns),
                "rows": [list(r) for r in block.rows],
                "shares": shares,
            }

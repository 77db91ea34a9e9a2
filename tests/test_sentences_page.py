"""The page for native readers shows what the catalogues say today."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_of_all_sentences_is_up_to_date():
    made = runpy.run_path(str(DOCS / "make_sentences.py"))["page"]()
    assert (DOCS / "sentences.md").read_text(encoding="utf-8") == made, "make catalogues writes it anew"

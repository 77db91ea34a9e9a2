"""Files that people send as text: in the encodings that spreadsheets write."""

import pytest

from bot.fetching import decoded

TABLE = "活动,ຜູ້ຮັບຜິດຊອບ\n起草,Kunming\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_in_an_encoding_that_spreadsheets_write(encoding):
    assert decoded(TABLE.encode(encoding)) == TABLE


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\xff\x00\x81"], ids=["half a letter", "no text"])
def test_what_is_no_text(content):
    assert decoded(content) is None

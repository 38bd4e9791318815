"""Sources, texts and places: what is read, how it is decoded, and where a caret stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from certgate.core.errors import InputError
from certgate.core.source import Source, Text


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    """A file that is not there has its own code."""
    with pytest.raises(InputError) as caught:
        Source.read(tmp_path / "no.cer")
    assert caught.value.code == "file-missing"
    assert str(tmp_path / "no.cer") in str(caught.value.place)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder given as a file has its own code."""
    with pytest.raises(InputError) as caught:
        Source.read(tmp_path)
    assert caught.value.code == "file-is-folder"


def test_a_name_with_nul_is_unreadable() -> None:
    """A name that no system can open is an input error, not a traceback."""
    with pytest.raises(InputError) as caught:
        Source.read("a\0b")
    assert caught.value.code == "file-unreadable"


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    """One byte over the limit is too much; the limit itself is not."""
    path = tmp_path / "large"
    path.write_bytes(b"x" * 11)
    assert Source.read(path, limit=11).data == b"x" * 11
    with pytest.raises(InputError) as caught:
        Source.read(path, limit=10)
    assert caught.value.code == "file-too-large"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"], ids=lambda name: name
)
def test_text_is_decoded(encoding: str) -> None:
    """UTF-8 and UTF-16/32 are told apart by their mark, or by their zeros as PowerShell writes them."""
    assert Source("f", "<policies/>\r\n".encode(encoding)).decode().text == "<policies/>\r\n"


def test_what_is_no_text_says_where() -> None:
    """The first byte that does not fit is named."""
    with pytest.raises(InputError) as caught:
        Source("f", b"abc\xff").decode()
    assert caught.value.code == "not-text"
    assert "byte 3" in caught.value.message


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(0, (1, 1)), (3, (1, 4)), (5, (2, 1)), (9, (3, 1)), (11, (4, 1)), (14, (4, 4))],
)
def test_lines_end_at_lf_crlf_and_cr(offset: int, expected: tuple[int, int]) -> None:
    """Lines and columns are 1-based, whatever ends the lines."""
    assert Text("f", "abc\r\ndef\n1\rxyz").position(offset) == expected


def test_a_caret_stands_below_its_span() -> None:
    """Tabs stay tabs, wide characters count two columns, combining ones none."""
    line, caret = Text("f", "\t漢e\u0301 x=1").span(5, 8).place().excerpt(80) or ("", "")
    assert line == "\t漢e\u0301 x=1"
    assert caret == "\t    ^^^"


def test_a_long_line_is_cut_around_its_span() -> None:
    """The caret still points at the same text, and the cut is shown."""
    text = Text("f", "a" * 200 + "HERE" + "b" * 200)
    line, caret = text.span(200, 204).place().excerpt(60) or ("", "")
    assert len(line) == 60
    assert line.startswith("…")
    assert line.endswith("…")
    assert line[caret.index("^") : caret.rindex("^") + 1] == "HERE"


def test_a_span_over_lines_is_marked_to_the_end_of_its_first() -> None:
    """A place that ends on another line marks the rest of the line it starts on."""
    place = Text("f", "one two\nthree").span(4, 10).place()
    assert (place.line, place.column, place.end_line, place.end_column) == (1, 5, 2, 3)
    assert place.excerpt(80) == ("one two", "    ^^^")

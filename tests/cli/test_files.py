"""Globs, standard input, and files that are written whole or not at all."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from certgate import files
from certgate.core.errors import InputError


def test_a_glob_names_its_files_in_order(tmp_path: Path) -> None:
    """Sorted, without folders, each file once."""
    for name in ("b.cer", "a.cer", "c.pem"):
        (tmp_path / name).touch()
    (tmp_path / "d.cer").mkdir()
    found = files.names([f"{tmp_path}/*.cer", f"{tmp_path}/a.cer"])
    assert [Path(name).name for name in found] == ["a.cer", "b.cer"]


def test_a_name_with_brackets_is_a_file_first(tmp_path: Path) -> None:
    """``[prod].cer`` is a file when there is one."""
    (tmp_path / "[prod].cer").touch()
    assert files.names([f"{tmp_path}/[prod].cer"]) == [f"{tmp_path}/[prod].cer"]


def test_a_glob_without_a_match_is_an_error(tmp_path: Path) -> None:
    """An empty selection is never a silent success."""
    with pytest.raises(InputError) as caught:
        files.names([f"{tmp_path}/*.cer"])
    assert caught.value.code == "glob-empty"


def test_standard_input_is_bounded() -> None:
    """``-`` reads stdin, and no more than the limit."""
    assert files.read("-", io.BytesIO(b"abc")).data == b"abc"
    with pytest.raises(InputError) as caught:
        files.read("-", io.BytesIO(b"abcd"), limit=3)
    assert caught.value.code == "file-too-large"


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    """The one that is there stays as it is, and nothing else is left behind."""
    path = tmp_path / "folder" / "x.cer"
    files.write_new(path, b"one")
    with pytest.raises(InputError) as caught:
        files.write_new(path, b"two")
    assert caught.value.code == "file-exists"
    assert path.read_bytes() == b"one"
    assert [one.name for one in path.parent.iterdir()] == ["x.cer"]


def test_a_report_replaces_its_file(tmp_path: Path) -> None:
    """Writing again replaces the file, and nothing else is left behind."""
    path = tmp_path / "report.json"
    files.write(path, b"one")
    files.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert [one.name for one in tmp_path.iterdir()] == ["report.json"]


def test_a_long_name(tmp_path: Path) -> None:
    """As long as the system takes one: what is written first has another."""
    for write in (files.write, files.write_new):
        path = tmp_path / f"{write.__name__}{'x' * 240}"
        write(path, b"one")
        assert path.read_bytes() == b"one"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_who_may_read_it(tmp_path: Path) -> None:
    """Everybody, or the owner alone."""
    for private, mode in ((False, 0o644), (True, 0o600)):
        files.write(tmp_path / "x", b"one", private=private)
        assert (tmp_path / "x").stat().st_mode & 0o777 == mode


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    """A file in the way of a folder."""
    (tmp_path / "file").touch()
    with pytest.raises(InputError) as caught:
        files.write(tmp_path / "file" / "x", b"")
    assert caught.value.code == "file-unwritable"

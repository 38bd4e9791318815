"""What is kept, in a folder and in a mapping alike; and what is not taken for an entry."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from certgate.core.errors import InputError
from certgate.net.cache import Cache, Kept, Room, user_folder

URL = "http://pki.example/a.crl"
WHEN = datetime(2026, 6, 1, 12, tzinfo=UTC)
KEPT = Kept(URL, "crl", WHEN, 200, b"\x30\x00\n{}\r\n")
Place = Path | MutableMapping[str, bytes]


@pytest.fixture(params=["folder", "mapping"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return tmp_path / "cache" if request.param == "folder" else {}


def kept(number: int, body: bytes = b"0") -> Kept:
    return Kept(f"http://pki.example/{number}", "crl", WHEN + timedelta(hours=number), 200, body)


def test_find_keep_list_clear(place: Place) -> None:
    """By address and kind; the last one stays."""
    cache = Cache(place)
    assert cache.find(URL, "crl") is None
    assert list(cache.entries()) == []
    assert cache.clear() == 0
    cache.keep(KEPT._replace(body=b"older"))
    cache.keep(KEPT)
    cache.keep(KEPT._replace(kind="ocsp"))
    assert Cache(place).find(URL, "crl") == KEPT
    assert cache.find(URL, "issuer") is None
    assert cache.find(URL + "x", "crl") is None
    assert sorted(one.kind for one in cache.entries()) == ["crl", "ocsp"]
    assert cache.clear() == 2
    assert list(cache.entries()) == []


def test_clear_by_age(place: Place) -> None:
    """Only what was fetched before the moment."""
    cache = Cache(place)
    for number in range(3):
        cache.keep(kept(number))
    assert cache.clear(before=WHEN + timedelta(hours=2)) == 2
    assert [one.url for one in cache.entries()] == ["http://pki.example/2"]


def test_room(place: Place) -> None:
    """A body that is too large is not kept; beyond the number or the bytes the oldest leave, never the newest."""
    cache = Cache(place, Room(entry=2000, total=10_000, entries=10))
    cache.keep(kept(0, bytes(2001)))
    assert list(cache.entries()) == []
    for number in range(1, 31):
        cache.keep(kept(number))
        _age(place, seconds=60)
        assert cache.find(f"http://pki.example/{number}", "crl")
        assert sum(1 for _ in cache.entries()) <= 10
    assert {one.url for one in cache.entries()} >= {f"http://pki.example/{number}" for number in range(23, 31)}
    for number in range(31, 51):
        cache.keep(kept(number, bytes(2000)))
        _age(place, seconds=60)
        assert sum(len(one.body) for one in cache.entries()) <= 10_000
    assert cache.find("http://pki.example/50", "crl")


def _age(place: Place, seconds: float) -> None:
    """Make all files older, as if time had passed."""
    for file in place.iterdir() if isinstance(place, Path) else ():
        moment = file.stat().st_mtime - seconds
        os.utime(file, (moment, moment))


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut in the body": lambda data: data[:-1],
    "cut in the line": lambda data: data[:20],
    "longer": lambda data: data + b"x",
    "no line": lambda data: data.replace(b"\n", b"", 1),
    "foreign": lambda data: b"something else\n",
    "another version": lambda data: data.replace(b'"certgate": 1', b'"certgate": 2'),
    "another address": lambda data: data.replace(b"/a.crl", b"/b.crl"),
    "no time": lambda data: data.replace(b"2026-", b"20x6-"),
    "a time without a zone": lambda data: data.replace(b"+00:00", b""),
    "a list": lambda data: b'{"certgate": []}\n',
    "deep": lambda data: b'{"certgate": ' + b"[" * 10_000 + b"\n",
    "numbers": lambda data: data.replace(b'"status": 200', b'"status": 1e999'),
    "a status that is none": lambda data: data.replace(b'"status": 200', b'"status": -1'),
    "another kind": lambda data: data.replace(b'"kind": "crl"', b'"kind": ["crl"]'),
    "the first moment": lambda data: data.replace(b"2026-06-01T12:00:00+00:00", b"0001-01-01T00:00:00+14:00"),
    "the last moment": lambda data: data.replace(b"2026-06-01T12:00:00+00:00", b"9999-12-31T23:59:59-14:00"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_no_entry_is_ignored_and_replaced(place: Place, name: str) -> None:
    """Whatever happened to it; it goes with the others when the cache is cleared, whatever its age."""
    cache = Cache(place)
    cache.keep(KEPT)
    damage = DAMAGES[name]
    if isinstance(place, Path):
        [file] = place.iterdir()
        file.write_bytes(damage(file.read_bytes()))
    else:
        [key] = place
        place[key] = damage(place[key])
    assert cache.find(URL, "crl") is None
    assert list(cache.entries()) == []
    cache.keep(KEPT)
    assert cache.find(URL, "crl") == KEPT
    if isinstance(place, Path):
        file.write_bytes(b"")
        assert cache.clear(before=WHEN) == 1


class TestFolder:
    """What only files can do."""

    def test_only_its_own_files_are_deleted(self, tmp_path: Path) -> None:
        """Whatever else lies in the folder stays, files that look alike included."""
        others = ["notes.txt", ".hidden", "a.fetched", f"{'0' * 64}.fetched.bak", f"{'0' * 63}.fetched"]
        for name in others:
            (tmp_path / name).write_text("mine")
        (tmp_path / f"{'1' * 64}.fetched").mkdir()
        cache = Cache(tmp_path)
        cache.keep(KEPT)
        assert cache.clear() == 1
        assert sorted(file.name for file in tmp_path.iterdir()) == sorted([*others, f"{'1' * 64}.fetched"])

    @pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
    def test_only_its_owner_reads_it(self, tmp_path: Path) -> None:
        """Folder and files; what was asked for tells whom one deals with."""
        Cache(tmp_path / "a" / "b").keep(KEPT)
        [file] = (tmp_path / "a" / "b").iterdir()
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700

    @pytest.mark.skipif(os.name == "nt", reason="links need rights there")
    def test_no_link_is_followed(self, tmp_path: Path) -> None:
        """Neither to read nor to write nor to delete; a pipe does not hold anybody up."""
        place, target = tmp_path / "cache", tmp_path / "target"
        cache = Cache(place)
        cache.keep(KEPT)
        [file] = place.iterdir()
        whole = file.read_bytes()
        target.write_bytes(whole)
        file.unlink()
        file.symlink_to(target)
        assert cache.find(URL, "crl") is None
        cache.keep(KEPT._replace(body=b"new"))
        assert (target.read_bytes(), file.is_symlink()) == (whole, False)
        file.unlink()
        file.symlink_to(target)
        assert cache.clear() == 1
        assert target.read_bytes() == whole
        os.mkfifo(file)
        assert cache.find(URL, "crl") is None

    def test_what_killed_runs_left_is_swept(self, tmp_path: Path) -> None:
        """Once it is an hour old: a younger one may still be somebody's."""
        cache = Cache(tmp_path)
        cache.keep(KEPT)
        [file] = tmp_path.iterdir()
        old, young = tmp_path / f".{file.name}.old", tmp_path / f".{file.name}.young"
        for left in (old, young):
            left.write_bytes(b"half")
        before = file.stat().st_mtime - 7200
        os.utime(old, (before, before))
        cache.keep(KEPT)
        assert (old.exists(), young.exists()) == (False, True)

    def test_a_folder_that_cannot_be(self, tmp_path: Path) -> None:
        """Reading finds nothing; writing says why not."""
        (tmp_path / "file").write_text("")
        cache = Cache(tmp_path / "file" / "cache")
        assert cache.find(URL, "crl") is None
        assert list(cache.entries()) == []
        assert cache.clear() == 0
        with pytest.raises(InputError) as error:
            cache.keep(KEPT)
        assert error.value.code == "file-unwritable"

    def test_runs_side_by_side(self, tmp_path: Path) -> None:
        """Several processes write and read one entry at once: it is always whole, and nothing else is left."""
        code = """
import sys
from certgate.net.cache import Cache
from tests.net.test_cache import KEPT

cache, body = Cache(sys.argv[1]), sys.argv[2].encode() * 100_000
for _ in range(60):
    cache.keep(KEPT._replace(body=body))
    found = cache.find(KEPT.url, KEPT.kind)
    assert found is not None and len(set(found.body)) == 1 and len(found.body) == 100_000
"""
        root = Path(__file__).parents[2]
        runs = [
            subprocess.Popen([sys.executable, "-c", code, str(tmp_path), letter], cwd=root, stderr=subprocess.PIPE)
            for letter in "abc"
        ]
        assert [(run.communicate(timeout=30)[1], run.returncode) for run in runs] == [(b"", 0)] * 3
        assert len(list(tmp_path.iterdir())) == 1


def test_the_folder_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable wins; without it the system's place for such things, and nowhere for a user without a home."""
    assert user_folder({"CERTGATE_CACHE": str(tmp_path)}) == str(tmp_path)
    usual = Path(user_folder({"CERTGATE_CACHE": ""}) or "")
    assert usual.is_absolute()
    assert "certgate" in usual.parts
    for homeless in (lambda *_, **__: Path("~/.cache/certgate"), _failing):
        monkeypatch.setattr("platformdirs.user_cache_path", homeless)
        assert user_folder({}) is None


def _failing(*arguments: object, **named: object) -> Path:
    raise RuntimeError("could not determine the home directory")

"""The command line, run in this process: arguments in; exit code, stdout and stderr out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from certgate.cli.app import run

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Ran:
    """What one command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Certgate = Callable[..., Ran]

_numbers = count()


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of one test; it is not there before something is kept."""
    folder = tmp_path_factory.getbasetemp() / f"cache-{next(_numbers)}"
    monkeypatch.setenv("CERTGATE_CACHE", str(folder))
    return folder


@pytest.fixture
def certgate(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Certgate:
    """Runs a command line from the project's root, at 80 columns and without colour."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(ROOT)

    def call(*arguments: str | Path) -> Ran:
        code = run([one.as_posix() if isinstance(one, Path) else one for one in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call

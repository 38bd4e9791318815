"""What .NET was recorded to say: `certs.json` and `chains.json` of the tests, the larger sets beside the project."""

from __future__ import annotations

import base64
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from certgate.core.errors import InputError
from certgate.pki.certificate import Certificate

TESTS = Path(__file__).parents[1]
FILES = {
    "certs": TESTS / "golden" / "certs.json",
    "certs-suites": TESTS.parents[1] / "shared" / "golden" / "certs-suites.json",
}
CHAINS = TESTS / "golden" / "chains.json"
CHAIN_SUITES = TESTS.parents[1] / "shared" / "golden" / "chains-suites.json"


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    """The rows of a file; the test is skipped where the file is not there."""
    path = FILES[name]
    if not path.exists():
        pytest.skip(f"{path.name} is not there")
    return tuple(json.loads(path.read_text(encoding="utf-8"))["certificates"])


def encoded(identifier: str, name: str = "certs") -> bytes:
    """The DER of one row."""
    return next(base64.b64decode(row["der"]) for row in rows(name) if row["id"] == identifier)


def certificate(identifier: str) -> Certificate:
    """One certificate of `certs.json`."""
    return Certificate(encoded(identifier))


@cache
def chains(path: Path) -> dict[str, Any]:
    """The document with recorded chains; without cases where the file is not there."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"cases": []}


@cache
def loaded(encoded: str) -> Certificate | None:
    """The certificate in base64; None for one that certgate refuses, as .NET does."""
    try:
        return Certificate(base64.b64decode(encoded))
    except InputError:
        return None


def all_loaded(listed: list[str]) -> list[Certificate]:
    return [found for found in map(loaded, listed) if found is not None]

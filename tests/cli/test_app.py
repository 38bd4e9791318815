"""The command line as a whole: what it does when it is asked for nothing, and when nobody listens."""

from __future__ import annotations

import pytest

from tests.conftest import Certgate


@pytest.mark.parametrize("arguments", [[], ["cache"], ["list"], ["store"]], ids=" ".join)
def test_what_asks_for_nothing_gets_help(certgate: Certgate, arguments: list[str]) -> None:
    """The command itself, and those that have commands of their own."""
    ran = certgate(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: {' '.join(['certgate', *arguments])} ")
    assert "Examples:" in ran.out


@pytest.mark.parametrize(("closed", "other"), [("stdout", "err"), ("stderr", "out")])
@pytest.mark.parametrize(("file", "code"), [("sample-certs/partner-a.cer", 0), ("no-such-file", 3)])
def test_a_closed_stream(
    certgate: Certgate, monkeypatch: pytest.MonkeyPatch, closed: str, other: str, file: str, code: int
) -> None:
    """The exit code stays, and what is said on the stream does not turn up on the other one."""
    expected = getattr(certgate("thumbprint", file), other)
    monkeypatch.setattr(f"sys.{closed}", None)
    ran = certgate("thumbprint", file)
    assert (ran.code, getattr(ran, other)) == (code, expected)

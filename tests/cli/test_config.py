"""``certgate.toml``: what it sets, what wins, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from certgate import config
from certgate.config import NamedValueText, Settings, UploadedFile
from certgate.core.errors import UsageError

WHOLE = """
[gateway]
tier = "premium"
negotiate = true
trust = ["trust", "../more"]
revocation = "none"
system-roots = true
[certificates]
partner-a = "certs/a.cer"
signing = { file = "s.pfx", password-env = "PW" }
[named-values]
allowed = "0A1B"
api-key = { env = "KEY", secret = true }
shown = { value = "x" }
[policies]
global = "global.xml"
api = "api.xml"
[request]
method = "POST"
headers = { X-One = "1", X-Two = ["a", "b"] }
body = "body.json"
[backend]
url = "https://orders.internal"
[backends]
blue = "https://blue.internal"
[context]
file = "context.json"
api = { id = "orders" }
"""


def _load(folder: Path, text: str, environment: dict[str, str] | None = None) -> Settings:
    path = folder / "certgate.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path, environment or {}, folder)


def _codes(folder: Path, text: str) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(UsageError) as caught:
        _load(folder, text)
    return [(row.code, row.place.line if row.place else None, row.hint) for row in caught.value.problems]


def test_every_key_is_read(tmp_path: Path) -> None:
    """Paths are relative to the file; secrets come from the environment that is handed in."""
    settings = _load(tmp_path, WHOLE, {"PW": "s3cret", "KEY": "k"})
    assert settings.trust == ("trust", str(Path("..") / "more"))
    assert (settings.revocation, settings.system_roots, settings.negotiate) == ("none", True, True)
    assert settings.certificates == {
        "partner-a": UploadedFile(str(Path("certs") / "a.cer")),
        "signing": UploadedFile("s.pfx", "s3cret"),
    }
    assert settings.named_values == {
        "allowed": NamedValueText("0A1B"),
        "api-key": NamedValueText("k", True),
        "shown": NamedValueText("x"),
    }
    assert settings.policies == {"global": "global.xml", "api": "api.xml"}
    assert (settings.method, settings.body) == ("POST", "body.json")
    assert settings.headers == {"X-One": ("1",), "X-Two": ("a", "b")}
    assert (settings.backend_url, settings.backends) == ("https://orders.internal", {"blue": "https://blue.internal"})
    assert (settings.context_file, settings.context) == ("context.json", {"api": {"id": "orders"}})


def test_secrets_are_in_no_repr(tmp_path: Path) -> None:
    """What a debugger or a log prints of the settings holds no password and no named value."""
    shown = repr(_load(tmp_path, WHOLE, {"PW": "s3cret", "KEY": "k3y-value"}))
    assert "s3cret" not in shown
    assert "k3y-value" not in shown


def test_options_win(tmp_path: Path) -> None:
    """A list is replaced, a map is merged name by name, what is not given stays."""
    standing = _load(tmp_path, WHOLE, {"PW": "p", "KEY": "k"})
    laid = standing.overlaid(
        Settings(trust=("t2",), named_values={"allowed": NamedValueText("FF")}, revocation="offline")
    )
    assert laid.trust == ("t2",)
    assert laid.revocation == "offline"
    assert laid.named_values["allowed"] == NamedValueText("FF")
    assert laid.named_values["shown"] == NamedValueText("x")
    assert laid.method == "POST"


def test_it_is_found_upwards(tmp_path: Path) -> None:
    """The nearest one above the working folder counts."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "certgate.toml").write_text("", encoding="utf-8")
    assert config.find(inner) == tmp_path / "certgate.toml"
    (tmp_path / "a" / "certgate.toml").write_text("", encoding="utf-8")
    assert config.find(inner) == tmp_path / "a" / "certgate.toml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[gateway]\nteir = 'x'", [("config-unknown-key", 2, "did you mean tier?")]),
        ("[gatway]", [("config-unknown-key", 1, "did you mean gateway?")]),
        ("gateway = 1", [("config-type", 1, None)]),
        ("[gateway]\nnegotiate = 'yes'\ntrust = 5", [("config-type", 2, None), ("config-type", 3, None)]),
        ("[hosts.'a.b']\nnegotiat = true", [("config-unknown-key", 1, "did you mean negotiate?")]),
        ("[certificates]\nx = 5", [("config-type", 2, None)]),
        (
            "[certificates]\nx = { password-env = 'NOT_SET' }",
            [("environment-unset", 2, None), ("config-type", 2, None)],
        ),
        ("[named-values]\nx = { env = 'NOT_SET' }", [("environment-unset", 2, None)]),
        ("[named-values]\nx = { value = 'v', secret = 'yes' }", [("config-type", 2, None)]),
        ("[policies]\napis = 'p.xml'", [("config-unknown-key", 2, "did you mean api?")]),
        ("[network]\ntimeout = -1\nmax-size = true", [("config-type", 2, None), ("config-type", 3, None)]),
        ("[gateway\n", [("config-syntax", 1, None)]),
    ],
)
def test_faults_have_codes_and_lines(tmp_path: Path, text: str, expected: list[tuple[str, int, str | None]]) -> None:
    """All faults of a file are reported together, each at its line."""
    assert _codes(tmp_path, text) == expected


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    """``--config`` that names nothing is exit code 2, as everything about the configuration."""
    with pytest.raises(UsageError) as caught:
        config.load(tmp_path / "no.toml", {}, tmp_path)
    assert caught.value.code == "file-missing"

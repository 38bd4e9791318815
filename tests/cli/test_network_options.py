"""What certgate itself may fetch: the options, the configuration, recorded answers, the cache, and what is recorded."""

from __future__ import annotations

import io
import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from certgate.cli.network import Network, _Progress
from certgate.config import Settings
from certgate.core.errors import CertgateError, InputError
from certgate.core.fetch import Given, Kind
from certgate.core.world import World
from tests.conftest import Certgate
from tests.scenarios import pki

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
URL = "http://pki.contoso.com/a.crl"
EMPTY_SEQUENCE = b"\x30\x00"
THE_POLICY = "sample-policies/validate-client-certificate.xml"


class _Site(BaseHTTPRequestHandler):
    """Answers with what its server holds for a path, else with 404."""

    server: _Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        body = self.server.pages.get(self.path)
        self.send_response(404 if body is None else 200)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Site)
        self.pages: dict[str, bytes] = {}
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def site() -> Iterator[_Server]:
    """A web server on the loopback."""
    with _Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def client(site: _Server, tmp_path: Path) -> list[str]:
    """The arguments for a client whose list is on the server: its file, its root."""
    root = pki.make(pki.name_of("CN=Root"), 1, authority=True, dates=(pki.LONG_AGO, pki.FAR))
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{site.address}/a.crl")], None, None, None)
    leaf = pki.make(pki.name_of("CN=client"), 2, root, extensions=[(x509.CRLDistributionPoints([point]), False)])
    site.pages["/a.crl"] = pki.revocation_list(root)
    for name, owner in (("root", root), ("client", leaf)):
        (tmp_path / f"{name}.cer").write_bytes(owner.der)
    return [str(tmp_path / "client.cer"), "--root", str(tmp_path / "root.cer"), "--at", "2026-06-01T12:00:00Z"]


def world(**members: Any) -> World:
    return Network(Settings(**members), None).world(World(NOW))


def ask(there: World, *, fresh: bool = True) -> Any:
    assert there.fetcher is not None
    return there.fetcher.ask(URL, Kind.CRL, trusted=True, fresh=lambda body, fetched: fresh)


def test_settings_become_a_world() -> None:
    """Every key of [network] reaches the world; what is not given keeps the world's own default."""
    there = world(online=True, timeout=3.5, max_size=10, allow_private_network=True)
    assert (there.online, there.timeout, there.max_size, there.allow_private_network) == (True, 3.5, 10, True)
    bare = world()
    assert (bare.online, bare.timeout, bare.max_size, bare.allow_private_network) == (
        False,
        World(NOW).timeout,
        World(NOW).max_size,
        False,
    )


def test_offline_nothing_is_known(own_cache: Path) -> None:
    """An address that nobody may ask is not known, and the answer says what would change that."""
    answer = ask(world())
    assert (answer.known, answer.given, answer.body) == (False, Given.NOBODY, None)
    assert "--online" in answer.settle
    assert not own_cache.exists()


def test_recorded_answers_leave_the_cache_alone(tmp_path: Path, own_cache: Path) -> None:
    """With recorded answers the user's cache is neither read nor written, and what is not listed answers 404."""
    from certgate.net.cache import Cache, Kept

    Cache(str(own_cache)).keep(Kept(URL, Kind.CRL, NOW, 200, EMPTY_SEQUENCE))
    before = sorted(own_cache.iterdir())
    assert ask(world()).given is Given.CACHE
    (tmp_path / "none.json").write_text("{}")
    answer = ask(world(responses=str(tmp_path / "none.json"), online=True))
    assert (answer.known, answer.status, answer.body) == (True, 404, None)
    assert sorted(own_cache.iterdir()) == before


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (Settings(), "record-offline"),
        (Settings(online=False), "record-offline"),
        (Settings(online=True, responses="a.json"), "record-responses"),
    ],
)
def test_a_record_of_nothing(settings: Settings, code: str) -> None:
    """--record where nothing is fetched is refused."""
    with pytest.raises(CertgateError) as caught:
        Network(settings, "b.json")
    assert caught.value.code == code


def test_a_record_that_cannot_be_written(tmp_path: Path) -> None:
    """It is told before anything is asked."""
    (tmp_path / "file").write_text("")
    for target in (tmp_path, tmp_path / "file" / "below.json"):
        with pytest.raises(InputError) as caught:
            Network(Settings(online=True), str(target))
        assert caught.value.code == "file-unwritable"


@pytest.mark.parametrize("command", ["verify", "validate", "eval"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--timeout", "0"], 2),
        (["--timeout", "-1"], 2),
        (["--timeout", "nan"], 2),
        (["--timeout", "1e9"], 2),
        (["--timeout", "soon"], 2),
        (["--max-size", "0"], 2),
        (["--max-size", "1.5"], 2),
        (["--record", "x.json"], 2),
        (["--online", "--record", "x.json", "--responses", "y.json"], 2),
        (["--online", "--record", "tests"], 3),
        (["--responses", "no-such.json"], 3),
        (["--responses", "README.md"], 3),
    ],
)
def test_bad_values(certgate: Certgate, command: str, arguments: list[str], code: int) -> None:
    """All three commands refuse them alike, and say what is wrong on one line; nothing is on stdout."""
    given = {
        "verify": ["verify", "sample-certs/partner-a.cer"],
        "validate": ["validate", "sample-certs/partner-a.cer", "--policy", THE_POLICY],
        "eval": ["eval", "1 + 1"],
    }[command]
    ran = certgate(*given, *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert "Traceback" not in ran.err
    assert ran.err.strip()


def test_a_bad_file_is_named_with_its_place(certgate: Certgate, tmp_path: Path) -> None:
    """Line and column of what is wrong, as for every other file."""
    file = tmp_path / "answers.json"
    file.write_text('{\n  "http://a.example/": {"status": 99}\n}\n')
    ran = certgate("verify", "sample-certs/partner-a.cer", "--responses", file)
    assert ran.code == 3
    assert f"{file}:2:" in ran.err


def test_without_a_stderr(
    certgate: Certgate, client: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would be told there does not turn up among the results."""
    monkeypatch.setattr("sys.stderr", None)
    ran = certgate("verify", *client, "--online", "--record", tmp_path / "answers.json", "--format", "json")
    assert ran.json["certificates"][0]["build"] is True


def test_record_and_replay(certgate: Certgate, client: list[str], site: _Server, tmp_path: Path) -> None:
    """What --record wrote gives the same verdict without the network, and the cache does too."""
    record = tmp_path / "answers.json"
    online = certgate("verify", *client, "--online", "--record", record, "--format", "json")
    assert (online.code, site.asked) == (0, ["/a.crl"])
    assert f"recorded 1 answer in {record}" in online.err
    assert list(json.loads(record.read_text())) == [f"{site.address}/a.crl"]
    site.pages.clear()
    replayed = certgate("verify", *client, "--responses", record, "--format", "json")
    cached = certgate("verify", *client, "--format", "json")
    for ran, given in ((online, "network"), (replayed, "responses"), (cached, "cache")):
        row = ran.json["certificates"][0]
        assert (row["build"], row["status"]) == (True, [])
        assert {each["given"] for each in row["evidence"]} == {given}
        assert row["elements"][0]["revocation"] == "good"
    assert site.asked == ["/a.crl"]


def test_a_record_of_a_refusal(certgate: Certgate, client: list[str], site: _Server, tmp_path: Path) -> None:
    """It is written too where the certificate is not good."""
    site.pages.clear()
    record = tmp_path / "answers.json"
    ran = certgate("verify", *client, "--online", "--record", record)
    assert ran.code == 1
    assert json.loads(record.read_text()) == {f"{site.address}/a.crl": {"status": 404, "reason": "Not Found"}}
    assert certgate("verify", *client, "--responses", record).code == 1


def test_one_fetch_for_all_of_a_run(certgate: Certgate, client: list[str], site: _Server) -> None:
    """However often the run needs an answer, and whichever way is tried, it is fetched once."""
    policy = "sample-policies/seed-thumbprint.xml"
    ran = certgate("validate", client[0], *client, "--policy", policy, "--policy", policy, "--online", "--trace")
    assert ran.code == 1
    assert site.asked == ["/a.crl"]


def test_an_expression_asks_too(certgate: Certgate, client: list[str], site: _Server) -> None:
    """Verify() of an expression is answered by the network, and is undecided without it."""
    expression = "context.Request.Certificate.Verify()"
    given = ["eval", expression, "--client", *client]
    assert certgate(*given).code == 4
    assert site.asked == []
    ran = certgate(*given, "--online")
    assert (ran.code, ran.out.split()[0]) == (0, "true")


def test_stderr_of_a_pipe_has_no_progress(certgate: Certgate, client: list[str]) -> None:
    """Nothing is told of fetches that nobody watches."""
    assert certgate("verify", *client, "--online").err == ""


def test_progress_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line while an address is asked, cut to the terminal, with nothing in it that steers one."""
    monkeypatch.setenv("COLUMNS", "60")
    stream = io.StringIO()
    progress = _Progress(stream)
    with progress.about("http://a.example/\x1b[2J" + "a" * 200):
        shown = stream.getvalue()
    assert shown.startswith("asking http://a.example/\\u001b[2Jaaa")
    assert shown.endswith(" (1)")
    assert len(shown) < 60
    assert stream.getvalue() == f"{shown}\r{' ' * len(shown)}\r"


def test_the_configuration(certgate: Certgate, client: list[str], site: _Server, tmp_path: Path) -> None:
    """online = true asks; --offline wins; a relative path of answers is relative to the file."""
    config = tmp_path / "certgate.toml"
    config.write_text("[network]\nonline = true\ntimeout = 5\n")
    assert certgate("verify", *client, "--config", config, "--offline").code == 4
    assert certgate("verify", *client, "--config", config).code == 0
    (tmp_path / "answers.json").write_text("{}")
    config.write_text('[network]\nresponses = "answers.json"\n')
    assert os.path.relpath(tmp_path) != "."
    assert certgate("verify", *client, "--config", config).code == 1
    assert site.asked == ["/a.crl"]

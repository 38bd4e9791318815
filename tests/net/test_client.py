"""One GET against a server on this machine that does everything wrong that a server can."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certgate.net import client
from certgate.net.reply import CONNECTION, TIMEOUT, Reply, Silence
from certgate.version import __version__
from tests.net.server import BODY, Answering, Server, answer, endless, raw, redirect, trickling
from tests.pki.authority import Authority, Dates, name_of, new_key

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
LIMIT = 100_000


def get(url: str, *, seconds: float = 0.4, private: bool = True, **named: object) -> Reply | Silence:
    return client.get(url, seconds=seconds, limit=LIMIT, private=private, **named)  # type: ignore[arg-type]


FAULTS: dict[str, tuple[Answering, str, str]] = {
    "headers that trickle": (trickling(OK + b"X: ", b"x"), TIMEOUT, "in time"),
    "a body that trickles": (trickling(OK + b"Content-Length: 1000\r\n\r\n", b"x"), TIMEOUT, "in time"),
    "parts that trickle": (trickling(CHUNKED, b"1\r\nx\r\n"), TIMEOUT, "in time"),
    "a body without an end": (trickling(OK + b"\r\n", b""), TIMEOUT, "in time"),
    "100 Continue for ever": (trickling(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), TIMEOUT, "in time"),
    "half a body": (raw(OK + b"Content-Length: 1000\r\n\r\nabc"), CONNECTION, "breaks its answer off"),
    "half a part": (raw(CHUNKED + b"8\r\nab"), CONNECTION, "breaks its answer off"),
    "parts without a last line": (raw(CHUNKED + b"1\r\n0\r\n0\r\n"), CONNECTION, "breaks its answer off"),
    "a length without an end": (endless(CHUNKED + b"5;", b"x" * 65_536), CONNECTION, "sound HTTP"),
    "a part without a length": (raw(CHUNKED + b"zz\r\nab\r\n"), CONNECTION, "sound HTTP"),
    "two lengths": (raw(OK + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabc"), CONNECTION, "sound HTTP"),
    "nothing": (raw(b""), CONNECTION, "closes the connection"),
    "no HTTP": (raw(b"SSH-2.0-server\r\n"), CONNECTION, "not answer in HTTP"),
    "HTTP/0.9": (raw(b"<html>hello</html>"), CONNECTION, "not answer in HTTP"),
    "a status that is no number": (raw(b"HTTP/1.1 abc OK\r\n\r\n"), CONNECTION, "not answer in HTTP"),
    "too many headers": (raw(OK + b"A: b\r\n" * 200 + b"\r\n"), CONNECTION, "sound HTTP"),
    "a header too long": (raw(OK + b"A: " + b"b" * 70_000 + b"\r\n\r\n"), CONNECTION, "sound HTTP"),
    "headers of 70 KB together": (raw(OK + (b"A: " + b"b" * 999 + b"\r\n") * 70 + b"\r\n"), CONNECTION, "sound HTTP"),
    "a header without a colon": (raw(OK + b"A b\r\nContent-Length: 1\r\n\r\n0"), CONNECTION, "sound HTTP"),
    "a header without a name": (raw(OK + b": b\r\nContent-Length: 1\r\n\r\n0"), CONNECTION, "sound HTTP"),
    "100 MB announced": (raw(OK + b"Content-Length: 104857600\r\n\r\nabc"), "", "more than the 100000 bytes"),
    "a body for ever": (endless(OK + b"\r\n", b"x" * 65_536), "", "more than the 100000 bytes"),
    "parts for ever": (endless(CHUNKED, b"8000\r\n" + b"x" * 0x8000 + b"\r\n"), "", "more than the 100000 bytes"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_ends_in_words(name: str) -> None:
    """Within the time, without an exception, and none of it is a reply."""
    fault, error, words = FAULTS[name]
    with Server({"/": fault}) as server:
        start = time.monotonic()
        found = get(server.url())
        assert time.monotonic() - start < 1.5
    assert isinstance(found, Silence)
    assert (found.error, words in found.words) == (error, True), found


def test_a_limit_of_its_own_is_not_known() -> None:
    """Too much for certgate is not too much for the gateway; the option that helps is named."""
    with Server({"/": answer(b"x" * (LIMIT + 1))}) as server:
        found = get(server.url())
    assert isinstance(found, Silence)
    assert not found.known
    assert found.settle == ("--max-size BYTES",)


def test_a_word_in_between_is_not_known() -> None:
    """What .NET would wait for, and certgate does not."""
    with Server({"/": raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK + b"Content-Length: 0\r\n\r\n")}) as server:
        found = get(server.url())
    assert isinstance(found, Silence)
    assert not found.known


def test_nobody_there() -> None:
    """A port that nobody listens on, and a name that nobody has."""
    with Server() as server:
        url = server.url()
    refused = get(url)
    assert isinstance(refused, Silence)
    assert (refused.error, refused.words) == (CONNECTION, "it refuses the connection")
    nameless = get("http://pki.invalid/", resolve=_failing)
    assert isinstance(nameless, Silence)
    assert (nameless.error, nameless.words) == (CONNECTION, "it has no address")


def _failing(host: str, port: int) -> list[str]:
    raise OSError("no such host")


def test_a_resolver_that_does_not_answer() -> None:
    """The time for one fetch holds for the name too."""
    held = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        held.wait(5)
        return []

    start = time.monotonic()
    found = get("http://pki.invalid/", seconds=0.2, resolve=resolve)
    held.set()
    assert isinstance(found, Silence)
    assert (found.error, time.monotonic() - start < 1) == (TIMEOUT, True)


@pytest.mark.parametrize(
    ("answering", "status", "body"),
    [
        (answer(), 200, BODY),
        (answer(b"", "204 No Content"), 204, b""),
        (answer(b""), 200, b""),
        (answer(BODY, "404 Not Found"), 404, BODY),
        (answer(BODY, "200 OK", "Content-Type: text/html"), 200, BODY),
        (answer(BODY, "200"), 200, BODY),
        (answer(b"x" * LIMIT), 200, b"x" * LIMIT),
        (raw(b"HTTP/1.0 200 OK\r\n\r\n" + BODY), 200, BODY),
        (raw(CHUNKED + b"2\r\n0\x03\r\n3;a=b\r\n\x02\x01\x01\r\n0\r\nTrailer: x\r\n\r\n"), 200, BODY),
        (raw(b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"Content-Length: 5\r\n\r\n" + BODY + b"and more"), 200, BODY),
        (redirect("http://elsewhere.test/"), 302, b""),
    ],
)
def test_replies(answering: Answering, status: int, body: bytes) -> None:
    """Whatever the status and the type: the bytes as they came, those of the declared length and no more."""
    with Server({"/": answering}) as server:
        found = get(server.url())
    assert isinstance(found, Reply)
    assert (found.status, found.body) == (status, body)


def test_a_gzip_bomb_stays_packed() -> None:
    """Nothing is unpacked, whatever the headers say."""
    bomb = gzip.compress(bytes(10_000_000))
    with Server({"/": answer(bomb, "200 OK", "Content-Encoding: gzip")}) as server:
        found = get(server.url())
        assert "Accept-Encoding: identity" in server.requests[0]
    assert isinstance(found, Reply)
    assert found.body == bomb


def test_nothing_of_the_user_goes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No credentials of the address or of .netrc, no cookies of an earlier reply, no Referer; a plain GET."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with Server({"/a": answer(BODY, "200 OK", "Set-Cookie: a=b"), "/b?c=d": answer()}) as server:
        get(server.url("/a"))
        found = get(f"http://user:secret@127.0.0.1:{server.port}/b?c=d#part")
    assert isinstance(found, Reply)
    lines = server.requests[1].split("\r\n")
    assert lines[0] == "GET /b?c=d HTTP/1.1"
    assert sorted(lines[1:-2]) == [
        "Accept-Encoding: identity",
        f"Host: 127.0.0.1:{server.port}",
        f"User-Agent: certgate/{__version__}",
    ]


def test_the_connection_goes_to_the_address_that_was_looked_at() -> None:
    """A name is resolved once; the server still reads it in Host."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with Server({"/": answer()}) as server:
        found = get(server.url(host="pki.example"), resolve=resolve)
        assert f"Host: pki.example:{server.port}" in server.requests[0]
    assert isinstance(found, Reply)
    assert asked == ["pki.example"]


def test_the_next_address_is_tried() -> None:
    """A host with several addresses is asked at the first that takes the connection."""
    with Server({"/": answer()}) as server:
        found = get(server.url(host="pki.example"), resolve=lambda host, port: ["::1", "127.0.0.1"])
    assert isinstance(found, Reply)


def test_private_addresses_are_refused() -> None:
    """Nothing is sent there; the option that lifts it is named."""
    with Server({"/": answer()}) as server:
        found = get(server.url(), private=False)
        assert server.requests == []
    assert isinstance(found, Silence)
    assert not found.known
    assert found.settle == ("--allow-private-network",)


WIDE = Dates(datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 1, 1, tzinfo=UTC))


class TestTls:
    """https: the certificate of the server is checked against the name of the address, at whatever address it is."""

    @pytest.fixture
    def root(self) -> Authority:
        return Authority("root of a test", dates=WIDE)

    @pytest.fixture
    def server_side(self, root: Authority, tmp_path: Path) -> ssl.SSLContext:
        key = new_key()
        names = x509.SubjectAlternativeName([x509.DNSName("pki.example")])
        certificate = root.sign(name_of("pki.example"), key, WIDE, [(names, False)])
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        file = tmp_path / "server.pem"
        file.write_text(private + ssl.DER_cert_to_PEM_cert(certificate.der))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    @pytest.fixture
    def believed(self, root: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = tmp_path / "authorities.pem"
        file.write_text(ssl.DER_cert_to_PEM_cert(root.certificate.der))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(file))

    def test_an_unknown_authority(self, server_side: ssl.SSLContext) -> None:
        """Its certificate is not believed, and nothing is asked."""
        with Server({"/": answer()}, server_side) as server:
            found = get(server.url(host="pki.example"), resolve=here)
            assert server.requests == []
        assert isinstance(found, Silence)
        assert (found.error, "TLS certificate is not trusted" in found.words) == (CONNECTION, True)

    @pytest.mark.usefixtures("believed")
    def test_a_known_authority(self, server_side: ssl.SSLContext) -> None:
        """The name that was resolved is the one that the certificate must have."""
        with Server({"/": answer()}, server_side) as server:
            found = get(server.url(host="pki.example"), resolve=here)
            other = get(server.url(host="other.example"), resolve=here)
        assert isinstance(found, Reply)
        assert found.body == BODY
        assert isinstance(other, Silence)
        assert (other.error, "TLS certificate is not trusted" in other.words) == (CONNECTION, True)

    def test_a_handshake_that_does_not_end(self) -> None:
        """Silence during TLS ends at the deadline; a server without TLS is told apart."""
        with socket.create_server(("127.0.0.1", 0)) as silent:
            found = get(f"https://127.0.0.1:{silent.getsockname()[1]}/", seconds=0.3)
        assert isinstance(found, Silence)
        assert found.error == TIMEOUT
        with Server(greeting=b"220 ready\r\n") as plain:
            found = get(plain.url().replace("http:", "https:"))
        assert isinstance(found, Silence)
        assert found.error == CONNECTION


def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


class TestProxy:
    """A proxy of the environment is used, and the guard still looks at the name as far as it is known here."""

    def test_it_is_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """With the whole address, and not for hosts that are left out; its own address may be private."""
        with Server({"http://pki.example/a": answer(), "/b": answer()}) as proxy:
            monkeypatch.setenv("http_proxy", proxy.url())
            monkeypatch.setenv("no_proxy", "127.0.0.1")
            found = get("http://pki.example/a", private=False, resolve=_failing)
            direct = get(proxy.url("/b"))
            assert proxy.paths == ["http://pki.example/a", "/b"]
        assert isinstance(found, Reply)
        assert isinstance(direct, Reply)

    def test_what_it_does_is_not_what_the_gateway_gets(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A proxy that wants a login, one that is not there, and those that certgate does not speak to: not known."""
        with Server({"http://pki.example/": raw(b"HTTP/1.1 407 Login\r\nContent-Length: 0\r\n\r\n")}) as proxy:
            assert "a password" in _through(monkeypatch, proxy.url())
        assert "cannot be reached" in _through(monkeypatch, proxy.url())
        assert "SOCKS" in _through(monkeypatch, "socks5h://127.0.0.1:1")
        assert "no address" in _through(monkeypatch, "ftp://127.0.0.1:1")

    def test_a_name_that_only_the_proxy_must_know(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Is not looked up here where nothing depends on it; where it is, and that takes long, it is not known."""
        held = threading.Event()

        def resolve(host: str, port: int) -> list[str]:
            held.wait(5)
            return []

        with Server({"http://pki.example/": answer()}) as proxy:
            monkeypatch.setenv("http_proxy", proxy.url())
            assert isinstance(get("http://pki.example/", resolve=resolve), Reply)
            found = get("http://pki.example/", private=False, seconds=0.2, resolve=resolve)
            held.set()
        assert isinstance(found, Silence)
        assert not found.known

    @pytest.mark.parametrize(
        "host", ["localhost", "127.1", "0x7f000001", "10.0.0.1", "10.0.0.1.", "%6cocalhost", "internal.example"]
    )
    def test_it_is_not_asked_for_private_addresses(self, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
        """Neither for spellings that only the proxy would resolve, nor for names that are private here."""
        with Server() as proxy:
            monkeypatch.setenv("http_proxy", proxy.url())
            found = get(f"http://{host}/", private=False, resolve=lambda host, port: ["10.0.0.1"])
            assert proxy.requests == []
        assert isinstance(found, Silence)
        assert not found.known


def _through(monkeypatch: pytest.MonkeyPatch, proxy: str) -> str:
    """What is said of an address that is asked through this proxy, and is not known."""
    monkeypatch.setenv("http_proxy", proxy)
    found = get("http://pki.example/")
    assert isinstance(found, Silence)
    assert not found.known
    return found.words

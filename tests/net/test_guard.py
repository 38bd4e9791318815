"""Which addresses are asked: known answers, by what IANA says of each."""

from __future__ import annotations

import pytest

from certgate.net.guard import MAX_URL, Refused, Target, addresses, objection, target

PUBLIC = ["8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "192.0.1.1"]
PUBLIC += ["2606:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888", "2003::1", "64:ff9b::808:808"]
PRIVATE = {
    "loopback": ["127.0.0.1", "127.255.255.255", "::1", "64:ff9b::7f00:1"],
    "unspecified": ["0.0.0.0", "0.1.2.3", "::"],  # noqa: S104 - a text
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
    "link-local": ["169.254.169.254", "fe80::1", "febf::1", "fe80::1%eth0", "2600::1%eth0", "64:ff9b::808:808%eth0"],
    "carrier": ["100.64.0.1", "100.127.255.255"],
    "unique local": ["fc00::1", "fd12:3456::1"],
    "multicast": ["224.0.0.1", "239.255.255.255", "ff02::1"],
    "reserved": ["240.0.0.1", "255.255.255.255", "192.0.0.8", "192.88.99.1", "2001::1", "100::1", "4000::1", "fec0::1"],
    "documentation": ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"],
    "benchmarks": ["198.18.0.1", "198.19.255.255"],
    "inside": [
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:808:808::",
    ],
    "unusual": ["127.1", "0x7f.1", "2130706433", "017700000001", "", "localhost", "1.2.3.4.5"],
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    """Addresses that anybody may have, the last beside a reserved range included."""
    assert objection(address) is None


@pytest.mark.parametrize(("word", "address"), [(word, address) for word, rows in PRIVATE.items() for address in rows])
def test_not_public(word: str, address: str) -> None:
    """Each is refused, by the name of what it is."""
    assert word in (objection(address) or "")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://Pki.Example/a.crl", Target("http", "pki.example", 80)),
        ("HTTP://pki.example", Target("http", "pki.example", 80)),
        ("https://pki.example:8443/?a=b", Target("https", "pki.example", 8443)),
        ("http://user:secret@pki.example/", Target("http", "pki.example", 80)),
        ("http://[2001:db8::1]:81/", Target("http", "2001:db8::1", 81)),
        ("http://1.2.3.4:25/", Target("http", "1.2.3.4", 25)),
    ],
)
def test_whom_an_address_names(url: str, expected: Target) -> None:
    """Scheme and host in lower case, the usual port where none is named; any port may be asked."""
    assert target(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://pki.example/a",
            "file:///etc/passwd",
            "ldap://pki.example/cn=a",
            "gopher://pki.example/",
            "pki.example",
        ),
        *(
            "",
            "http://",
            "http:///a",
            "http://:80/",
            "http://pki.example:99999/",
            "http://pki.example:a/",
            "http://[::1",
        ),
        *("http://pki.example/a b", "http://pki.example/\r\nX: y", "http://pki.example/\x00", "http://pki.example/\t"),
        *("http://%6cocalhost/", "http://127%2e0.0.1/", "http://a,b/", "http://[fe80::1%25eth0]/", "http://a|b/"),
        *("http://pkí.example/", "http://pki.example\\@127.0.0.1/", f"http://pki.example/{'a' * MAX_URL}"),
    ],
)
def test_what_is_no_address_to_ask(url: str) -> None:
    """Other schemes, no host, ports that are none, hosts that are read in several ways, control characters, other
    letters, lengths without end."""
    with pytest.raises(Refused) as refused:
        target(url)
    assert refused.value.settle == ()


def _checked(host: str, *found: str, private: bool = False, proxied: bool = False) -> list[str]:
    return addresses(Target("http", host, 80), lambda host, port: list(found), private=private, proxied=proxied)


def test_every_address_of_a_name_counts() -> None:
    """One private address among public ones is enough to refuse; with the option all pass."""
    assert _checked("pki.example", "8.8.8.8", "2606:4700::1") == ["8.8.8.8", "2606:4700::1"]
    for found in (["10.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1", "8.8.8.8"]):
        with pytest.raises(Refused) as refused:
            _checked("pki.example", *found)
        assert refused.value.settle == ("--allow-private-network",)
        assert _checked("pki.example", *found, private=True) == found


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST.", "a.localhost", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "1.2.3.4.5"),
        *("a.0x1", "127.0.0.1.", "10.0.0.1..", "::1", "::ffff:10.0.0.1", "intranet", "printer.local", "a.INTERNAL."),
    ],
)
def test_spellings_that_a_resolver_might_know(host: str) -> None:
    """Refused whatever the resolver of this machine makes of them: another one may take them for this machine."""
    with pytest.raises(Refused):
        _checked(host, "8.8.8.8")
    assert _checked(host, "127.0.0.1", private=True) == ["127.0.0.1"]


@pytest.mark.parametrize("host", ["8.8.8.8", "8.8.8.8.", "2606:4700::1", "pki.example", "1e100.net", "3com.example"])
def test_plain_spellings(host: str) -> None:
    """Public addresses, and names with digits in them."""
    assert _checked(host, "8.8.8.8") == ["8.8.8.8"]


def test_a_name_without_an_address() -> None:
    """Nobody to ask, unless a proxy asks: it may know the name."""

    def failing(host: str, port: int) -> list[str]:
        raise UnicodeError("a label is too long")

    with pytest.raises(ConnectionError, match="has no address"):
        addresses(Target("http", "pki.example", 80), failing, private=False)
    assert addresses(Target("http", "pki.example", 80), failing, private=False, proxied=True) == []

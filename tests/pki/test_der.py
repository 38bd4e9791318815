"""The DER reader refuses what is not DER, and never reads outside of what it was given."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from certgate.pki import der
from certgate.pki.der import DerError


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "ends inside"),
        ("30", "ends inside"),
        ("3005", "past the end"),
        ("30820100", "past the end"),
        ("3085000000000100", "past the end"),
        ("30800000", "indefinite"),
        ("308101" + "00", "longer than it needs"),
        ("30820080" + "00" * 128, "longer than it needs"),
        ("1f8101" + "00", "above 30"),
        ("30ff", "past the end"),
    ],
)
def test_broken_header(text: str, reason: str) -> None:
    """Truncated, overlong and indefinite lengths and high tags are refused, each with its reason."""
    with pytest.raises(DerError, match=reason):
        der.read(bytes.fromhex(text))


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 65535, 65536])
def test_what_is_wrapped_is_read_back(size: int) -> None:
    """Every form of length that DER has is written and read."""
    node = der.read(der.wrap(der.OCTET_STRING, b"x" * size))
    assert (node.tag, node.content, node.start, node.end) == (der.OCTET_STRING, b"x" * size, 0, len(node.data))
    assert node.raw == node.data


def test_a_value_ends_at_the_given_end() -> None:
    """A length that fits the data but not the stretch that was given is refused."""
    with pytest.raises(DerError):
        der.read(bytes.fromhex("0402aabb"), 0, 3)


def test_children_stay_inside_their_parent() -> None:
    """A child may not reach past its parent, even where bytes follow."""
    with pytest.raises(DerError, match="past the end"):
        der.read(bytes.fromhex("30030402aa") + b"\xbb").children()


def test_depth_is_bounded() -> None:
    """Values nested deeper than the bound are refused, not recursed into."""
    data = b""
    for _ in range(der.MAX_DEPTH + 1):
        data = der.wrap(der.SEQUENCE, data)
    node = der.read(data)
    with pytest.raises(DerError, match="deeper"):
        while True:
            [node] = node.children()


def test_count_is_bounded() -> None:
    """More values than were asked for are refused; iterating has no such bound."""
    node = der.read(der.wrap(der.SEQUENCE, b"\x05\x00" * 4))
    assert len(list(node)) == 4
    with pytest.raises(DerError, match="more than 3"):
        node.children(3)


def test_primitive_value_has_no_children() -> None:
    """Only constructed values hold others."""
    with pytest.raises(DerError, match="holds no other"):
        der.read(bytes.fromhex("040100")).children()


def test_bytes_behind_the_only_value() -> None:
    """What has to be one value may not be followed by anything."""
    with pytest.raises(DerError, match="1 bytes follow"):
        der.read_only(bytes.fromhex("050000"))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("2a864886f70d010101", "1.2.840.113549.1.1.1"),
        ("550403", "2.5.4.3"),
        ("883703", "2.999.3"),
        ("00", "0.0"),
        ("27", "0.39"),
        ("28", "1.0"),
        ("50", "2.0"),
    ],
)
def test_object_identifier(content: str, text: str) -> None:
    """The first byte holds two arcs, of which the first is at most 2."""
    assert der.oid(bytes.fromhex(content)) == text


@pytest.mark.parametrize("content", ["", "80", "2a80", "2a8001", "8001", "2a" + "ff" * 300 + "01"])
def test_broken_object_identifier(content: str) -> None:
    """Empty, unfinished, padded and endless object identifiers are refused."""
    with pytest.raises(DerError):
        der.oid(bytes.fromhex(content))


@pytest.mark.parametrize(("content", "value"), [("00", 0), ("7f", 127), ("0080", 128), ("80", -128), ("ff", -1)])
def test_integer(content: str, value: int) -> None:
    """Integers are two's complement."""
    assert der.integer(bytes.fromhex(content)) == value


@pytest.mark.parametrize("content", ["", "0000", "007f", "ffff", "ff80"])
def test_broken_integer(content: str) -> None:
    """Empty and padded integers are refused."""
    with pytest.raises(DerError):
        der.integer(bytes.fromhex(content))


@pytest.mark.parametrize(
    ("content", "bits"), [("0780", {0}), ("07ff", {0}), ("00", set()), ("0001", {7}), ("070080", {8})]
)
def test_named_bits(content: str, bits: set[int]) -> None:
    """Bit 0 is the first; unused bits do not count."""
    assert der.named_bits(bytes.fromhex(content)) == bits


@pytest.mark.parametrize("content", ["", "01", "0800"])
def test_broken_bit_string(content: str) -> None:
    """A bit string needs its count of unused bits, and a byte to leave them unused in."""
    with pytest.raises(DerError):
        der.bit_string(bytes.fromhex(content))


@pytest.mark.parametrize(
    ("tag", "text", "moment"),
    [
        (der.UTC_TIME, "500101000000Z", datetime(1950, 1, 1, tzinfo=UTC)),
        (der.UTC_TIME, "491231235959Z", datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (der.GENERALIZED_TIME, "99991231235959Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_time(tag: int, text: str, moment: datetime) -> None:
    """Two-digit years are 1950 to 2049."""
    assert der.time(der.read(der.wrap(tag, text.encode()))) == moment
    assert der.moment(tag, text.encode()) == moment


@pytest.mark.parametrize(
    ("tag", "text", "moment"),
    [
        (der.UTC_TIME, "19020701025736Z", datetime(1902, 7, 1, 2, 57, 36, tzinfo=UTC)),
        (der.GENERALIZED_TIME, "260502120000Z", datetime(2026, 5, 2, 12, tzinfo=UTC)),
    ],
)
def test_a_time_of_the_wrong_length(tag: int, text: str, moment: datetime) -> None:
    """.NET shows the date of a certificate by its length; where it decides, as in OpenSSL, there is no such date."""
    assert der.moment(tag, text.encode()) == moment
    with pytest.raises(DerError):
        der.time(der.read(der.wrap(tag, text.encode())))


@pytest.mark.parametrize(
    "text",
    ["", "5001010000Z", "500101000000", "500101000000+", "20240101000000.5Z", "20241301000000Z", "00000101000000Z"],
)
def test_broken_time(text: str) -> None:
    """Other forms of time, and days that do not exist, are refused."""
    with pytest.raises(DerError):
        der.time(der.read(der.wrap(der.GENERALIZED_TIME, text.encode())))


@pytest.mark.parametrize(
    "text", ["0100", "02020001", "030108", "050100", "0600", "1c0100", "1e0100", "220302017f", "170141", "180141"]
)
def test_broken_content(text: str) -> None:
    """A value whose content breaks the rules of its type is found."""
    with pytest.raises(DerError):
        der.check(der.read(bytes.fromhex(text)))

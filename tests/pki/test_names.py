"""Distinguished names: .NET's text of them, the comparison of chain building, and the text that people write."""

from __future__ import annotations

import base64

import pytest

from certgate.pki import der
from certgate.pki.certificate import Certificate
from certgate.pki.der import DerError
from certgate.pki.distinguished_text import NameTextError, compare_text, parse_text
from certgate.pki.names import Name, check, same_name
from tests.pki.recordings import certificate, rows

CN = "550403"
O = "55040a"  # noqa: E741 - the attribute is called so


def name(*relative_names: list[tuple[str, int, bytes]]) -> bytes:
    """The DER of a name, from type (hex), string type and value of each attribute."""
    sets = []
    for relative in relative_names:
        parts = (
            der.wrap(der.SEQUENCE, der.wrap(der.OID, bytes.fromhex(oid)) + der.wrap(tag, value))
            for oid, tag, value in relative
        )
        sets.append(der.wrap(der.SET, b"".join(parts)))
    return der.wrap(der.SEQUENCE, b"".join(sets))


def common(tag: int, value: bytes) -> bytes:
    return name([(CN, tag, value)])


@pytest.mark.parametrize(
    ("tag", "value", "text"),
    [
        (der.UTF8_STRING, "Zoë".encode(), "CN=Zoë"),
        (der.T61_STRING, b"caf\xe9", "CN=café"),
        (der.T61_STRING, "café".encode(), "CN=café"),
        (der.BMP_STRING, "Łódź".encode("utf-16-be"), "CN=Łódź"),
        (der.BMP_STRING, "🔒".encode("utf-16-be"), ""),
        (der.IA5_STRING, b"caf\xe9", ""),
        (der.PRINTABLE_STRING, b"a*b", ""),
        (der.NUMERIC_STRING, b"12 3", "CN=12 3"),
        (der.NUMERIC_STRING, b"x", ""),
        (der.UNIVERSAL_STRING, b"\0\0\0x", "CN=#1C0400000078"),
        (der.BIT_STRING, b"\0\x01", "CN=#03020001"),
        (der.UTF8_STRING, b"x\0\0", "CN=x"),
        (der.UTF8_STRING, b"", 'CN=""'),
    ],
)
def test_text_of_each_string_type(tag: int, value: bytes, text: str) -> None:
    """A string that breaks its type leaves nothing of the name; a type that .NET does not know is shown in hex."""
    assert Name(common(tag, value)).text == text


def test_order_and_joining() -> None:
    """The last relative name comes first; attributes of one relative name keep their order."""
    raw = name([(O, der.UTF8_STRING, b"o")], [(CN, der.UTF8_STRING, b"a, b"), (O, der.UTF8_STRING, b"p")])
    assert Name(raw).text == 'CN="a, b" + O=p, O=o'
    assert Name(raw).format(True) == 'O=o\nCN="a, b" + O=p\n'
    assert Name(raw).format(False) == 'O=o, CN="a, b" + O=p'
    assert Name(raw).values("2.5.4.10") == ("o", "p")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ((der.UTF8_STRING, b"Contoso CA"), (der.PRINTABLE_STRING, b"contoso ca"), True),
        ((der.UTF8_STRING, b"  a \t b  "), (der.UTF8_STRING, b"a b"), True),
        ((der.UTF8_STRING, "É".encode()), (der.UTF8_STRING, "é".encode()), False),
        ((der.T61_STRING, b"\xe9"), (der.BMP_STRING, b"\0\xe9"), True),
        ((der.UNIVERSAL_STRING, b"\0\0\0x"), (der.UTF8_STRING, b"X"), True),
        ((der.NUMERIC_STRING, b"12"), (der.PRINTABLE_STRING, b"12"), False),
        ((der.UTF8_STRING, b"a"), (der.UTF8_STRING, b"b"), False),
        ((der.UTF8_STRING, "a\u00a0b".encode()), (der.UTF8_STRING, b"a b"), False),
        ((der.UTF8_STRING, b"\xff"), (der.UTF8_STRING, b"\xff "), False),
    ],
)
def test_same_name(first: tuple[int, bytes], second: tuple[int, bytes], same: bool) -> None:
    """String types, ASCII case and white space do not count; other letters, and types that are no text, do."""
    assert same_name(common(*first), common(*second)) is same


def test_order_inside_a_relative_name_does_not_count() -> None:
    """A relative name is a set, the list of relative names is not."""
    one, two = (CN, der.UTF8_STRING, b"a"), (O, der.UTF8_STRING, b"b")
    assert same_name(name([one, two]), name([two, one]))
    assert not same_name(name([one], [two]), name([two], [one]))
    assert not same_name(name([one], [two]), name([one, two]))


@pytest.mark.parametrize(
    "raw",
    [
        common(der.VISIBLE_STRING, b"x"),
        common(der.OCTET_STRING, b"x"),
        common(der.UTF8_STRING, b"\xff"),
        common(der.BMP_STRING, b"x"),
        common(der.UNIVERSAL_STRING, b"xx"),
        common(0x69, b"x"),
        bytes.fromhex("30043102300000"),
    ],
)
def test_names_that_openssl_does_not_read(raw: bytes) -> None:
    """Other types of value, and strings that are none, keep a certificate from being loaded."""
    with pytest.raises(DerError):
        check(raw)


@pytest.mark.parametrize("file", ["certs", "certs-suites"])
def test_text_is_read_back(file: str) -> None:
    """What .NET prints of every recorded name is read as the attributes it came from."""
    wrong = []
    for row in rows(file):
        if "error" in row:
            continue
        leaf = Certificate(base64.b64decode(row["der"]))
        for each in (leaf.subject_name, leaf.issuer_name):
            expected = tuple(tuple((part.oid, part.text) for part in relative) for relative in each.attributes[::-1])
            if parse_text(each.text) != expected or not compare_text(each.text, each).same:
                wrong.append((row["id"], each.text))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "relaxations"),
    [
        ('CN=client, O="Contoso, Inc.", C=US', ()),
        ('CN=client,O="Contoso, Inc.";C=US', ("quotes",)),
        ('C=US, O="Contoso, Inc.", CN=client', ("order",)),
        ('commonName=client, 2.5.4.10="Contoso, Inc.", OID.2.5.4.6=US', ("attribute names",)),
        ('CN=CLIENT, O="contoso, inc.", C=US', ("case",)),
        ('CN=client, O=" Contoso, Inc. ", C=US', ("spaces",)),
        ('C=us, O="Contoso, Inc.", cn=client', ("order", "attribute names", "case")),
    ],
)
def test_relaxations(text: str, relaxations: tuple[str, ...]) -> None:
    """The same name in other words: what had to be overlooked is told."""
    comparison = compare_text(text, certificate("name/value/comma").subject_name)
    assert (comparison.same, comparison.relaxations) == (True, relaxations)


@pytest.mark.parametrize(
    "text", ["CN=other", 'O="Contoso, Inc.", CN=client, C=US', 'CN=client + O="Contoso, Inc.", C=US', "CN=client", ""]
)
def test_other_names(text: str) -> None:
    """Another value, order, grouping or number of attributes is another name."""
    comparison = compare_text(text, certificate("name/value/comma").subject_name)
    assert (comparison.same, comparison.problem) == (False, "")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('CN="The ""Best"" Co"', ['The "Best" Co']),
        ("CN=A+B", ["A+B"]),
        ("CN=a + O=b", ["a", "b"]),
        ("CN=", [""]),
        ("S=x, ST=x, stateOrProvinceName=x", ["x", "x", "x"]),
        ("E=a@b, emailAddress=a@b", ["a@b", "a@b"]),
        ("CN=a=b", ["a=b"]),
    ],
)
def test_values(text: str, values: list[str]) -> None:
    """Quotes, plus signs and equal signs inside values."""
    assert [value for relative in parse_text(text) for _, value in relative] == values


@pytest.mark.parametrize(
    "text", ["client", "CN", "CN=a,", "CN=a, b", 'CN="a" b', "Nonsense=a", "=a", "CN=a,,O=b", "CN=" + "x" * 100_001]
)
def test_text_that_is_no_name(text: str) -> None:
    """What cannot be read is refused with a reason."""
    with pytest.raises(NameTextError):
        parse_text(text)
    assert compare_text(text, certificate("name/value/comma").subject_name).problem

"""Revocation lists as bytes: the index of entries, what breaks a list, and the extensions of RFC 5280 section 5."""

from __future__ import annotations

import pytest
from cryptography import x509

from certgate.pki import der
from certgate.pki.der import DerError
from certgate.pki.revocation import crl, crl_entries
from certgate.pki.revocation.crl import RevocationList
from certgate.pki.revocation.crl_entries import Entries, Entry
from tests.pki.authority import DAY, NOW, Authority, revoked

CA = Authority("List CA")
CLIENT = CA.issue()
DATE = b"\x17\x0d260501120000Z"
REASON = bytes.fromhex("300a0603551d1504030a0101")
INVALID_SINCE = bytes.fromhex("30180603551d180411180f") + b"20260401120000Z"


def entry(serial: bytes, *extensions: bytes, date: bytes = DATE) -> bytes:
    extra = der.wrap(der.SEQUENCE, b"".join(extensions)) if extensions else b""
    return der.wrap(der.SEQUENCE, der.wrap(der.INTEGER, serial) + date + extra)


def extension(oid: str, value: bytes, critical: bool = False) -> bytes:
    flag = b"\x01\x01\xff" if critical else b""
    return der.wrap(der.SEQUENCE, der.wrap(der.OID, bytes.fromhex(oid)) + flag + der.wrap(der.OCTET_STRING, value))


def issuer(*common_names: str) -> bytes:
    """The extension that names the issuer of a certificate, with one directory name for each."""
    names = (der.wrap(0xA4, name(one)) for one in common_names)
    return extension("551d1d", der.wrap(der.SEQUENCE, b"".join(names)), critical=True)


def name(common_name: str) -> bytes:
    value = der.wrap(der.OID, b"\x55\x04\x03") + der.wrap(der.UTF8_STRING, common_name.encode())
    return der.wrap(der.SEQUENCE, der.wrap(der.SET, der.wrap(der.SEQUENCE, value)))


def entries(*encoded: bytes) -> Entries:
    return Entries(der.read(der.wrap(der.SEQUENCE, b"".join(encoded))))


def found(listed: Entries, serial: bytes) -> list[tuple[int | None, tuple[bytes, ...] | None]]:
    return [(one.reason, one.issuers) for one in listed.all(serial)]


def test_an_entry_is_found_by_its_serial_number() -> None:
    """With its date and reason; positive and negative numbers with the same bits are different ones."""
    listed = entries(entry(b"\x01"), entry(b"\xff", REASON), entry(b"\x00\xff", REASON, INVALID_SINCE))
    assert (len(listed), listed.names_issuers, listed.unknown_critical) == (3, False, "")
    assert [one.revoked.content for one in listed.all(b"\x01")] == [DATE[2:]]
    assert (found(listed, b"\x01"), found(listed, b"\xff")) == ([(None, None)], [(1, None)])
    assert found(listed, b"\x00\xff") == [(1, None)]
    assert found(listed, b"\x02") == []


def test_no_entries_at_all() -> None:
    """A list without revoked certificates leaves the part out."""
    assert len(Entries(None)) == 0


def test_several_entries_for_one_serial_number() -> None:
    """All of them, in their order; the issuer that is carried forward tells them apart."""
    listed = entries(
        entry(b"\x01", REASON), entry(b"\x01", issuer("A")), entry(b"\x02"), entry(b"\x01", issuer("B", "C"))
    )
    assert found(listed, b"\x01") == [(1, None), (None, (name("A"),)), (None, (name("B"), name("C")))]
    assert found(listed, b"\x02") == [(None, (name("A"),))]
    own = name("List CA")
    for asked, reason in ((own, 1), (name("a"), None), (name("C"), None)):
        assert [one.reason for one in listed.of(b"\x01", own, asked)] == [reason]
    assert listed.of(b"\x02", own, own) == ()


def test_what_may_not_be_critical() -> None:
    """Of the extensions of an entry only the one that names the issuer."""
    assert entries(entry(b"\x01", issuer("A"))).unknown_critical == ""
    assert entries(entry(b"\x01", extension("2a0304", b"\x05\x00"))).unknown_critical == ""
    listed = entries(entry(b"\x01"), entry(b"\x02", REASON, extension("2a0304", b"\x05\x00", critical=True)))
    assert listed.unknown_critical == "1.2.3.4"
    assert [one.unknown_critical for one in (*listed.all(b"\x01"), *listed.all(b"\x02"))] == ["", "1.2.3.4"]
    assert entries(entry(b"\x01", extension("551d15", b"\x0a\x01\x01", critical=True))).unknown_critical == "2.5.29.21"


LONG = extension("2a0304", b"\x04\x82\x01\x00" + bytes(256))


def test_long_entries_are_read_too() -> None:
    """Their length takes more than one byte."""
    listed = entries(entry(b"\x01"), entry(b"\x02", LONG, REASON), entry(b"\x03"))
    assert found(listed, b"\x02") == [(1, None)]
    assert len(listed.all(b"\x03")) == 1


BROKEN = {
    "a padded number": entry(b"\x00\x01"),
    "a padded negative number": entry(b"\xff\xff"),
    "no number": entry(b""),
    "a number of 128 bytes": entry(b"\x01" * 128),
    "no date": der.wrap(der.SEQUENCE, b"\x02\x01\x01"),
    "a date that is none": entry(b"\x01", date=b"\x04\x0d260501120000Z"),
    "a date past the end": der.wrap(der.SEQUENCE, b"\x02\x01\x01\x17\x7f260501120000Z"),
    "not a sequence": der.wrap(der.SET, b"\x02\x01\x01" + DATE),
    "something behind": der.wrap(der.SEQUENCE, b"\x02\x01\x01" + DATE + b"\x05\x00"),
    "a length past the end": b"\x30\x7f\x02\x01\x01" + DATE,
    "half an entry": b"\x30",
    "an extension that occurs twice": entry(b"\x01", REASON, REASON),
    "a reason that is none": entry(b"\x01", extension("551d15", b"\x02\x01\x01")),
    "issuers that are none": entry(b"\x01", extension("551d1d", b"\x05\x00", critical=True)),
    "an overlong length": b"\x30\x81\x12\x02\x01\x01" + DATE,
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_entry_breaks_the_whole_list(fault: str) -> None:
    """Wherever it stands: nobody knows what else was meant."""
    for place in ([BROKEN[fault]], [entry(b"\x05"), BROKEN[fault]]):
        with pytest.raises(DerError):
            entries(*place)


def test_the_bounds() -> None:
    """SECURITY: a list cannot make a look-up or its reading slow."""
    with pytest.raises(DerError, match="for one serial number"):
        entries(*[entry(b"\x05")] * (crl_entries.MAX_EQUAL + 2))
    odd = entry(b"\x05", extension("2a0304", b"\x05\x00"))
    with pytest.raises(DerError, match="unusual extensions"):
        entries(*(odd.replace(b"\x02\x01\x05", b"\x02\x01" + bytes([n % 100 + 1]), 1) for n in range(100_001)))


def test_a_broken_entry_is_a_fault_of_the_list() -> None:
    """The list itself is read all the same, since only its entries are broken."""
    good = CA.revocation_list(revoked(CLIENT))
    serial = der.wrap(der.INTEGER, CLIENT.serial_bytes)
    listed = RevocationList(good.replace(serial, b"\x04" + serial[1:]))
    assert listed.fault == "it cannot be read: an entry that is not a serial number and a date"
    with pytest.raises(DerError):
        listed.find(CLIENT.serial_bytes)


def test_numbers_and_identifiers() -> None:
    """CRL number, base of a delta, authority key identifier; None where there is none."""
    identifier = x509.AuthorityKeyIdentifier(b"\x01\x02", None, None)
    listed = RevocationList(
        CA.revocation_list(number=300, extensions=[(x509.DeltaCRLIndicator(255), True), (identifier, False)])
    )
    assert (listed.number, listed.base, listed.delta, listed.freshest) == (300, 255, True, False)
    assert listed.authority_key_identifier is not None
    assert listed.authority_key_identifier.key_identifier == b"\x01\x02"
    plain = RevocationList(CA.revocation_list(number=None))
    assert (plain.number, plain.base, plain.authority_key_identifier, plain.count) == (None, None, None, 0)


def test_the_first_entry_of_an_issuer() -> None:
    """Without an issuer the first entry of all."""
    listed = RevocationList(CA.revocation_list(revoked(CLIENT)))
    one = listed.find(CLIENT.serial_bytes)
    assert isinstance(one, Entry)
    assert der.time(one.revoked) == NOW - DAY
    assert listed.find(CLIENT.serial_bytes, CLIENT.issuer_name.raw) is not None
    assert listed.find(CLIENT.serial_bytes, CLIENT.subject_name.raw) is None
    assert (len(listed.entries(CLIENT.serial_bytes)), listed.count) == (1, 1)


def scoped(*fields: bytes) -> RevocationList:
    value = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.28"), der.wrap(der.SEQUENCE, b"".join(fields)))
    return RevocationList(CA.revocation_list(extensions=[(value, True)]))


YES = b"\x01\xff"


def test_the_scope() -> None:
    """Issuing distribution point, RFC 5280 section 5.2.5."""
    relative = b"\x31\x0a" + name("x")[4:]
    for fields, expected in (
        ([b"\x81" + YES], {"only_users": True}),
        ([b"\x82" + YES, b"\x84" + YES], {"only_authorities": True, "indirect": True}),
        ([b"\x83\x02\x05\x60"], {"some_reasons": True, "reasons": frozenset({1, 2})}),
        ([b"\x85" + YES], {"only_attributes": True}),
        ([der.wrap(0xA0, b"\xa1" + relative[1:])], {"point": True, "relative": True, "relative_name": relative}),
    ):
        scope = scoped(*fields).scope
        assert {key: value for key, value in scope._asdict().items() if value} == expected


@pytest.mark.parametrize(
    "fields",
    [[b"\x86" + YES], [b"\x82" + YES, b"\x81" + YES], [b"\x81\x02\xff\xff"], [b"\xa0\x00"], [b"\xa0\x02\xa2\x00"]],
)
def test_a_scope_that_cannot_be_read(fields: list[bytes]) -> None:
    """Unknown parts, parts out of order, a boolean of two bytes, a point without or with an unknown kind of name."""
    with pytest.raises(DerError):
        _ = scoped(*fields).scope
    assert (scoped(*fields).fault or "").startswith("it cannot be read")


def test_a_scope_that_contradicts_itself() -> None:
    """At most one kind of certificates (RFC 5280 section 5.2.5)."""
    assert "contradicts" in (scoped(b"\x81" + YES, b"\x82" + YES).fault or "")
    assert scoped(b"\x81" + YES).fault is None


def test_lists_are_remembered_by_their_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as fit, the last ones asked for; the very last one however long it is."""
    lists = [CA.revocation_list(number=number) for number in (1, 2, 3)]
    monkeypatch.setattr(crl, "MAX_REMEMBERED", 2 * max(map(len, lists)))
    first, second = crl.parse(lists[0]), crl.parse(lists[1])
    assert (crl.parse(lists[1]), crl.parse(lists[0])) == (second, first)
    third = crl.parse(lists[2])
    assert (crl.parse(lists[0]), crl.parse(lists[2])) == (first, third)
    assert crl.parse(lists[1]) is not second
    monkeypatch.setattr(crl, "MAX_REMEMBERED", 0)
    assert crl.parse(lists[1]) is crl.parse(bytes(bytearray(lists[1])))


def test_a_list_remembers_who_signed_it_and_few_who_did_not() -> None:
    """SECURITY: whoever sends certificates chooses the keys that are tried."""
    listed = RevocationList(CA.revocation_list())
    for number in range(100):
        assert not listed.signed_by(b"key %d" % number)
    assert [listed.tried(b"key %d" % number) for number in (0, 99)] == [True, False]
    own = CA.certificate.public_key.spki
    assert (listed.signed_by(own), listed.tried(own)) == (True, True)


def test_what_is_no_list() -> None:
    """Every prefix of a list, and a list whose extensions are an empty tag."""
    good = CA.revocation_list(revoked(CLIENT), extensions=[(x509.DeltaCRLIndicator(1), True)])
    for end in range(len(good)):
        with pytest.raises(DerError):
            RevocationList(good[:end])
    signed, algorithm, signature = der.read(good).children(3)
    parts = b"".join(part.raw for part in signed.children(7)[:-1])
    with pytest.raises(DerError):
        RevocationList(
            der.wrap(der.SEQUENCE, der.wrap(der.SEQUENCE, parts + b"\xa0\x00") + algorithm.raw + signature.raw)
        )

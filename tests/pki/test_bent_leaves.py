"""End certificates bent in many ways and signed anew: none that OpenSSL refuses is accepted, and nothing raises.

What stands above an end certificate is shown to OpenSSL by certgate itself; of the end certificate only its own checks
say whether it is sound.
"""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import crypto

from certgate.core.errors import InputError
from certgate.pki import der
from certgate.pki.certificate import Certificate
from certgate.pki.chains.chain import build
from certgate.pki.der import DerError
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Revocation
from tests.pki.authority import NOW, Authority, Extensions, addresses, name_of

OID = x509.ObjectIdentifier
NULL = bytes.fromhex("0500")
ALGORITHM = bytes.fromhex("300a06082a8648ce3d040302")
TAGS = bytes.fromhex("01020304050a0c121314161718191a1c1e2c30318081828386a0a1a2a3")
OIDS = [bytes.fromhex(f"551d{last:02x}") for last in (0x0E, 0x0F, 0x11, 0x12, 0x13, 0x1E, 0x1F, 0x20, 0x21, 0x23, 0x24)]
TIMES = [
    b"260601120000Z",
    b"2606011200Z",
    b"20260601120000Z",
    b"99991231235959Z",
    b"20260701120000.5Z",
    b"260601120001Z",
]

ROOT = Authority("Root CA")
CONSTRAINTS = x509.NameConstraints([x509.DNSName("example")], [x509.DNSName("bad.example")])
ISSUERS = (Authority("Issuing CA", ROOT), Authority("Bound CA", ROOT, extensions=[(CONSTRAINTS, True)]))


def names() -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName(
        [
            x509.OtherName(OID("1.3.6.1.4.1.311.20.2.3"), bytes.fromhex("0c0141")),
            x509.RegisteredID(OID("1.2.3")),
            x509.DNSName("a.example"),
            x509.IPAddress(ip_address("10.1.2.3")),
            x509.DirectoryName(name_of("x")),
            x509.UniformResourceIdentifier("http://a.example/"),
        ]
    )


def points() -> x509.CRLDistributionPoints:
    relative = x509.RelativeDistinguishedName([x509.NameAttribute(x509.NameOID.COMMON_NAME, "here")])
    issuer = [x509.DirectoryName(name_of("crl"))]
    reasons = frozenset([x509.ReasonFlags.key_compromise])
    return x509.CRLDistributionPoints(
        [x509.DistributionPoint(issuer, None, reasons, issuer), x509.DistributionPoint(None, relative, None, None)]
    )


RICH: tuple[Extensions, ...] = (
    [(names(), True), (points(), True), (x509.PolicyConstraints(None, 5), True), (x509.InhibitAnyPolicy(3), True)],
    [
        *addresses("http://a/list", "http://a/ocsp"),
        (x509.KeyUsage(True, *[False] * 8), True),
        (x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.CLIENT_AUTH]), False),
        (x509.CertificatePolicies([x509.PolicyInformation(OID("1.2.3"), ["http://a/cps"])]), True),
    ],
    [
        (x509.NameConstraints([x509.DNSName("a"), x509.DirectoryName(name_of("q"))], [x509.RFC822Name("b")]), True),
        (x509.UnrecognizedExtension(OID("2.16.840.1.113730.1.1"), bytes.fromhex("03020780")), False),
        (x509.OCSPNoCheck(), True),
    ],
)
LEAVES = [(issuer, issuer.issue(extensions=extensions).tbs) for issuer in ISSUERS for extensions in RICH]
STORE = TrustStore([ROOT.certificate], [issuer.certificate for issuer in ISSUERS])

Place = tuple[int, int, int, tuple[int, ...]]
"""Where a value, its content and its end are, and where the values around it begin."""


def places(data: bytes, at: int, end: int, around: tuple[int, ...] = ()) -> list[Place]:
    """All values in some bytes, those inside of what holds others included. Raises DerError."""
    found: list[Place] = []
    while at < end:
        tag, content, stop = der.header(data, at, end)
        found.append((at, content, stop, around))
        if tag & 0x20:
            found += places(data, content, stop, (*around, at))
        elif tag == der.OCTET_STRING:
            with suppress(DerError):
                found += places(data, content, stop, (*around, at))
        at = stop
    return found


def replaced(data: bytes, place: Place, new: bytes) -> bytes:
    """The bytes with another value in that place, and the lengths around it made right."""
    start, _, end, around = place
    for at in reversed(around):
        tag, content, stop = der.header(data, at, len(data))
        new = der.wrap(tag, data[content:start] + new + data[end:stop])
        start, end = at, stop
    return data[:start] + new + data[end:]


def bent(rng: random.Random, data: bytes) -> bytes:
    listed = places(data, 0, len(data))
    place = rng.choice(listed[1:])
    start, at, end, _ = place
    tag, raw, content = data[start], data[start:end], data[at:end]
    other = rng.choice(listed[1:])
    ways = [
        b"",
        raw + raw,
        der.wrap(rng.choice(TAGS), content),
        der.wrap(tag, b""),
        der.wrap(tag, content[:-1]),
        der.wrap(tag, content + rng.randbytes(1)),
        der.wrap(tag, rng.choice((b"\x00", b"\x01", b"\x80", b"\xff")) + content),
        der.wrap(tag, rng.choice((b"\x00", b"\x01", b"\xff"))),
        data[other[0] : other[2]],
    ]
    if content:
        flipped = bytearray(content)
        flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
        ways += [der.wrap(tag, bytes(flipped))] * 3
    if tag == der.OID:
        ways += [der.wrap(tag, rng.choice(OIDS))] * 3
    if tag in (der.UTC_TIME, der.GENERALIZED_TIME):
        ways += [der.wrap(kind, rng.choice(TIMES)) for kind in (der.UTC_TIME, der.GENERALIZED_TIME)] * 3
    return replaced(data, place, rng.choice(ways))


def refusal(leaf: bytes, issuer: Authority) -> str:
    """What OpenSSL has against a certificate; empty when it accepts it."""
    try:
        certificate, middle, root = (
            crypto.load_certificate(crypto.FILETYPE_ASN1, encoded)
            for encoded in (leaf, issuer.certificate.der, ROOT.certificate.der)
        )
        store = crypto.X509Store()
        store.add_cert(root)
        store.set_time(NOW)
        crypto.X509StoreContext(store, certificate, [middle]).verify_certificate()
    except (crypto.X509StoreContextError, crypto.Error) as error:
        return str(error) or "it cannot be read"
    return ""


@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_openssl_refuses_is_accepted(seed: int) -> None:
    """About one in three is good to both."""
    rng = random.Random(seed)  # noqa: S311 - made-up data
    counts: Counter[bool | None] = Counter()
    for _ in range(800):
        issuer, signed = rng.choice(LEAVES)
        try:
            for _ in range(rng.choice((1, 1, 2))):
                signed = bent(rng, signed)
            signature = issuer.key.sign(signed, ec.ECDSA(hashes.SHA256()))
            leaf = der.wrap(der.SEQUENCE, signed + ALGORITHM + der.wrap(der.BIT_STRING, b"\0" + signature))
            verdict = build(Certificate(leaf), STORE, now=NOW, revocation=Revocation.NONE)
        except (DerError, InputError):
            continue
        counts[verdict.build] += 1
        if verdict.build:
            assert refusal(leaf, issuer) == "", leaf.hex()
    assert counts[True] > 100
    assert counts[False] > 100


def with_extension(oid: str, value: bytes) -> Certificate:
    """An end certificate with an extension of which any bytes may be the value."""
    return ISSUERS[0].issue(extensions=[(x509.UnrecognizedExtension(OID(oid), value), False)])


@pytest.mark.parametrize(
    ("oid", "value"),
    [
        ("2.5.29.31", "3012 3010 a00e a10c 860a 687474703a2f2f612f63"),
        ("2.5.29.17", "3013 a011 060a2b060104018237140203 a003 030141"),
        ("2.5.29.17", "3013 a011 060a2b060104018237140203 a003 1c0141"),
        ("2.5.29.30", "3004 a002 3000"),
        ("2.5.29.30", "3010 a006 3004 8202 6161 a006 3004 8202 6262"),
        ("2.5.29.30", "300b a009 3007 8202 6161 990100"),
        ("2.5.29.30", "300e a00c 300a 8202 6161 800100 800100"),
    ],
)
def test_a_broken_extension_has_no_issuer(oid: str, value: str) -> None:
    """As with OpenSSL, which takes the whole certificate for invalid."""
    leaf = with_extension(oid, bytes.fromhex(value))
    verdict = build(leaf, STORE, now=NOW, revocation=Revocation.NONE)
    assert verdict.status == ("PartialChain",)
    assert refusal(leaf.der, ISSUERS[0])


@pytest.mark.parametrize(
    ("tag", "text"), [(der.GENERALIZED_TIME, b"260502120000Z"), (der.UTC_TIME, b"20260502120000Z")]
)
def test_a_date_of_the_wrong_length_is_never_right(tag: int, text: bytes) -> None:
    """To OpenSSL it is another date or none, whatever .NET shows of it."""
    issuer, signed = LEAVES[1]
    place = next(place for place in places(signed, 0, len(signed)) if signed[place[0]] == der.UTC_TIME)
    dated = replaced(signed, place, der.wrap(tag, text))
    signature = issuer.key.sign(dated, ec.ECDSA(hashes.SHA256()))
    leaf = Certificate(der.wrap(der.SEQUENCE, dated + ALGORITHM + der.wrap(der.BIT_STRING, b"\0" + signature)))
    assert f"{leaf.not_before:%Y-%m-%d}" == "2026-05-02"
    verdict = build(leaf, STORE, now=NOW, revocation=Revocation.NONE)
    assert verdict.elements[0].status == ("NotTimeValid",)
    assert verdict.elements[0].reasons == ("one of its dates cannot be read",)

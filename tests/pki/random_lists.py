"""Revocation lists written byte by byte at random, with every part bent that OpenSSL looks at; the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import Random

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from certgate.pki import der
from certgate.pki.certificate import Certificate
from tests.pki.authority import DAY, NOW, Authority, name_of

SIGNATURE = bytes.fromhex("300a06082a8648ce3d040302")
UNKNOWN = bytes.fromhex("06032a0304")
PURPOSES = {"reason": 21, "issuer": 29, "number": 20, "key": 35, "point": 28, "delta": 27, "freshest": 46}
URLS = (b"http://ca.example/a.crl", b"http://ca.example/b.crl", b"HTTP://ca.example/a.crl")


def extension(name: str, value: bytes, critical: bool = False) -> bytes:
    """One extension by its short name; `unknown` is one that nobody knows."""
    oid = UNKNOWN if name == "unknown" else bytes([6, 3, 0x55, 0x1D, PURPOSES[name]])
    flag = b"\x01\x01\xff" if critical else b""
    return der.wrap(der.SEQUENCE, oid + flag + der.wrap(der.OCTET_STRING, value))


def moment(when: datetime) -> bytes:
    return der.wrap(der.UTC_TIME, when.strftime("%y%m%d%H%M%SZ").encode())


def bits(numbers: Sequence[int]) -> bytes:
    """The content of a BIT STRING with these bits."""
    value = sum(1 << (15 - bit) for bit in numbers).to_bytes(2, "big").rstrip(b"\0")
    unused = (value[-1] & -value[-1]).bit_length() - 1 if value else 0
    return bytes([unused]) + value


class Lists:
    """A chain with distribution points at random, and lists for it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        root = Authority("Root CA", crl_sign=self.chance(0.9))
        self.names = [name.public_bytes() for name in map(name_of, ("Root CA", "Issuing CA", "Other CA"))]
        middle = Authority("Issuing CA", root, extensions=self.points(), crl_sign=self.chance(0.9))
        self.authorities = [root, middle]
        if self.chance(0.35):
            self.authorities.append(Authority("Issuing CA", middle, extensions=self.points()))
        leaf = self.authorities[-1].issue(extensions=self.points())
        self.chain: list[Certificate] = [leaf, *(one.certificate for one in reversed(self.authorities))]

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def name(self) -> bytes:
        return der.wrap(0xA4, self.random.choice(self.names))

    def relative(self) -> bytes:
        text = der.wrap(der.UTF8_STRING, self.random.choice([b"x", b"y"]))
        return der.wrap(der.SEQUENCE, bytes.fromhex("0603550403") + text)

    def point_name(self) -> bytes:
        match self.random.randrange(12):
            case 0:
                return der.wrap(0xA0, self.name())
            case 1 | 2:
                return der.wrap(0xA1, self.relative())
            case 3:
                above = der.read(self.random.choice(self.names)).content
                whole = der.wrap(der.SEQUENCE, above + der.wrap(der.SET, self.relative()))
                return der.wrap(0xA0, der.wrap(0xA4, whole))
        urls = self.random.choices(URLS, k=self.random.choice([1, 1, 2]))
        return der.wrap(0xA0, b"".join(der.wrap(0x86, url) for url in urls))

    def points(self) -> list[tuple[x509.ExtensionType, bool]]:
        if self.chance(0.2):
            return []
        points = b"".join(self.point() for _ in range(self.random.choice([1, 1, 1, 2, 3])))
        value = der.wrap(der.SEQUENCE, points)
        return [(x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.31"), value), False)]

    def point(self) -> bytes:
        named = self.chance(0.93)
        parts = der.wrap(0xA0, self.point_name()) if named else b""
        if self.chance(0.25):
            parts += der.wrap(0x81, bits(self.random.sample(range(9), self.random.choice([1, 2, 8, 9]))))
        if not named or self.chance(0.2):
            parts += der.wrap(0xA2, self.name())
        return der.wrap(der.SEQUENCE, parts)

    def scope(self) -> bytes:
        parts = der.wrap(0xA0, self.point_name()) if self.chance(0.6) else b""
        for tag, part in ((0x81, 0.2), (0x82, 0.2), (0x83, 0.07), (0x84, 0.07), (0x85, 0.07)):
            if self.chance(part):
                parts += der.wrap(tag, bits([1, 2]) if tag == 0x83 else b"\xff")
        return der.wrap(der.SEQUENCE, parts)

    def key_identifier(self) -> bytes:
        one = self.random.choice(self.chain[1:])
        if self.chance(0.8):
            return der.wrap(der.SEQUENCE, der.wrap(0x80, one.subject_key_identifier or b""))
        parts = der.wrap(0x80, one.subject_key_identifier or b"") if self.chance(0.5) else b""
        parts += der.wrap(0xA1, der.wrap(0xA4, self.random.choice([one.issuer_name.raw, self.names[2]])))
        return der.wrap(der.SEQUENCE, parts + der.wrap(0x82, self.random.choice([one.serial_bytes, b"\x07"])))

    def entry(self) -> bytes:
        serial = self.random.choice(self.chain).serial_bytes if self.chance(0.8) else b"\x05"
        found: list[bytes] = []
        if self.chance(0.4):
            code = bytes([self.random.choice([0, 1, 6, 8, 8, 9])])
            found.append(extension("reason", der.wrap(der.ENUMERATED, code), self.chance(0.1)))
        if self.chance(0.12):
            found.append(extension("issuer", der.wrap(der.SEQUENCE, self.name()), self.chance(0.8)))
        if self.chance(0.05):
            found.append(extension("unknown", b"\x05\x00", self.chance(0.5)))
        more = der.wrap(der.SEQUENCE, b"".join(found)) if found else b""
        return der.wrap(der.SEQUENCE, der.wrap(der.INTEGER, serial) + moment(NOW - DAY) + more)

    def dates(self) -> bytes:
        since = NOW - self.random.choice([1, 1, 1, 2, 20]) * DAY
        until: datetime | None = since + self.random.choice([5, 30, 30, 30]) * DAY
        match self.random.randrange(20):
            case 0:
                until = None
            case 1:
                since, until = NOW + DAY, NOW + 9 * DAY
            case 2:
                until = NOW
            case 3:
                since = NOW
        return moment(since) + (moment(until) if until else b"")

    def extensions(self) -> bytes:
        number = der.wrap(der.INTEGER, bytes([self.random.randrange(1, 100)]))
        chosen = [
            ("number", 0.9, 0.03, number),
            ("key", 0.75, 0.1, self.key_identifier()),
            ("point", 0.4, 0.85, self.scope()),
            ("delta", 0.08, 0.7, der.wrap(der.INTEGER, b"\x01")),
            ("unknown", 0.06, 0.6, b"\x05\x00"),
            ("freshest", 0.03, 0.5, der.wrap(der.SEQUENCE, self.point())),
        ]
        found = [
            extension(name, value, self.chance(critical))
            for name, there, critical, value in chosen
            if self.chance(there)
        ]
        return der.wrap(0xA0, der.wrap(der.SEQUENCE, b"".join(found))) if found else b""

    def list(self) -> bytes:
        """One list by an authority of the chain, or with its name."""
        authority = self.random.choice(self.authorities)
        key = authority.key if self.chance(0.93) else self.random.choice(self.authorities).key
        issuer = authority.name.public_bytes() if self.chance(0.95) else self.random.choice(self.names)
        entries = b"".join(self.entry() for _ in range(self.random.choice([0, 0, 1, 1, 2, 3])))
        parts = der.wrap(der.INTEGER, b"\x01") + SIGNATURE + issuer + self.dates()
        parts += (der.wrap(der.SEQUENCE, entries) if entries else b"") + self.extensions()
        signed = der.wrap(der.SEQUENCE, parts)
        signature = der.wrap(der.BIT_STRING, b"\0" + key.sign(signed, ec.ECDSA(hashes.SHA256())))
        return der.wrap(der.SEQUENCE, signed + SIGNATURE + signature)

"""Paths against OpenSSL's own: the same chain is chosen, and what OpenSSL finds first is found here too.

Small worlds of authorities are drawn by numbers, the same in every run: cross-certificates, twins that differ in dates,
keys and identifiers, loops, roots among the intermediates and the other way round, old versions, authorities that are
none. OpenSSL is asked as .NET asks it: with the intermediates first, then with what came along too.
"""

from __future__ import annotations

import random
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import crypto

from certgate.pki import der
from certgate.pki.certificate import Certificate
from certgate.pki.chains.chain import build
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Revocation, Verdict
from tests.pki.authority import DAY, NOW, Authority, name_of, new_key

World = tuple[list[Certificate], list[Certificate], list[Certificate], list[Certificate]]
"""The end certificates, the roots, the intermediates, what came along."""

FLAGS = {
    number: flag
    for flag, numbers in {
        "PartialChain": (2, 20, 21, 22),
        "UntrustedRoot": (18, 19),
        "NotSignatureValid": (7,),
        "NotTimeValid": (9, 10),
        "InvalidBasicConstraints": (24, 25, 32, 37, 79),
    }.items()
    for number in numbers
}
"""OpenSSL's numbers, and the flags that .NET makes of them."""
NO_ISSUER = (2, 20, 21)
TOO_LONG = 22
BROKEN_SIGNATURE = 7

DATES = {
    "good": (NOW - 30 * DAY, NOW + 300 * DAY),
    "twin": (NOW - 31 * DAY, NOW + 100 * DAY),
    "past": (NOW - 200 * DAY, NOW - 10 * DAY),
    "later": (NOW - 220 * DAY, NOW - 5 * DAY),
    "future": (NOW + 5 * DAY, NOW + 400 * DAY),
}


@cache
def key(name: str) -> ec.EllipticCurvePrivateKey:
    return new_key()


def identifier(name: str) -> bytes:
    return x509.SubjectKeyIdentifier.from_public_key(key(name).public_key()).digest


class Drawn:
    """A world drawn with the numbers of one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same worlds in every run
        self.bent = self.random.random() < 0.6
        self.keys = self.random.choice([1, 1, 2])
        self.authorities: list[tuple[str, str, Certificate]] = []

    def pick(self, usual: str, *others: str, chance: float = 0.25) -> str:
        return self.random.choice(others) if self.bent and self.random.random() < chance else usual

    def key_of(self, name: str) -> str:
        return f"{name}{self.random.randrange(self.keys)}"

    def world(self) -> World:
        names = "ABCD"[: self.random.choice([2, 3, 3, 4])]
        for name in names:
            for _ in range(self.random.choice([0, 1, 1, 2])):
                own = self.key_of(name)
                self.add(name, own, name, own, self.pick("identifier", "none", "odd", "empty"))
        for _ in range(self.random.choice([1, 2, 3, 4, 6, 8])):
            name, issuer = self.random.choice(names), self.random.choice(names)
            self.add(name, self.key_of(name), issuer, self.key_of(issuer), self.named_issuer())
        leaves = [self.leaf() for _ in range(3)]
        roots, intermediates, extra = (self.some(share) for share in (0.35, 0.5, 0.35))
        return leaves, roots + leaves[:1] * (self.random.random() < 0.08), intermediates, extra

    def leaf(self) -> Certificate:
        issuer, signer, above = self.random.choice(self.authorities)
        if self.random.random() < 0.1:
            return above
        kind = self.random.choice(["end", "none", "authority"])
        return self.sign("leaf", "leaf", issuer, signer, self.named_issuer(), above, kind, "digital")

    def some(self, share: float) -> list[Certificate]:
        chosen = [certificate for _, _, certificate in self.authorities if self.random.random() < share]
        self.random.shuffle(chosen)
        return chosen

    def named_issuer(self) -> str:
        return self.pick("identifier", "none", "odd", "serial", "other serial", "other issuer", "empty")

    def add(self, name: str, own: str, issuer: str, signer: str, named: str) -> None:
        above = [certificate for known, _, certificate in self.authorities if known == issuer]
        chosen = self.random.choice(above) if above else None
        kind, usage = self.pick("authority", "none", "end"), self.pick("sign", "none", "digital")
        self.authorities.append((name, own, self.sign(name, own, issuer, signer, named, chosen, kind, usage)))

    def sign(
        self,
        name: str,
        own: str,
        issuer: str,
        signer: str,
        named: str,
        above: Certificate | None,
        kind: str,
        usage: str,
    ) -> Certificate:
        start, end = DATES[self.pick("good", "twin", "past", "later", "future")]
        serial = self.random.randrange(1, 1 << 60)
        subject, public = name_of(name), key(own).public_key()
        builder = x509.CertificateBuilder(name_of(issuer), subject, public, serial, start, end)
        found: list[x509.ExtensionType] = []
        subject_identifier = self.pick("own", "none", "odd")
        if subject_identifier != "none":
            found.append(x509.SubjectKeyIdentifier(identifier(own) if subject_identifier == "own" else b"odd"))
        found += _authority(named, signer, above)
        if kind != "none":
            length = self.random.choice([None] * 5 + [0, 1]) if kind == "authority" else None
            found.append(x509.BasicConstraints(kind == "authority", length))
        if usage != "none":
            signs = usage == "sign"
            found.append(x509.KeyUsage(not signs, False, False, False, False, signs, signs, False, False))
        for extension in found:
            builder = builder.add_extension(extension, False)
        used = key(self.pick(signer, "nobody", chance=0.1))
        encoded = builder.sign(used, hashes.SHA256()).public_bytes(Encoding.DER)
        return Certificate(_version_1(encoded, used) if self.pick("3", "1", chance=0.08) == "1" else encoded)


def _authority(named: str, signer: str, above: Certificate | None) -> list[x509.ExtensionType]:
    if named in ("identifier", "odd"):
        return [x509.AuthorityKeyIdentifier(identifier(signer) if named == "identifier" else b"odd", None, None)]
    if named == "empty":
        return [x509.AuthorityKeyIdentifier(None, None, None)]
    if named == "none" or above is None:
        return []
    parsed = x509.load_der_x509_certificate(above.der)
    issuer = name_of("nobody") if named == "other issuer" else parsed.issuer
    serial = parsed.serial_number + (named == "other serial")
    return [x509.AuthorityKeyIdentifier(None, [x509.DirectoryName(issuer)], serial)]


def _version_1(encoded: bytes, signer: ec.EllipticCurvePrivateKey) -> bytes:
    """The certificate without version and extensions, signed again."""
    signed, algorithm, _ = der.read(encoded).children(3)
    parts = b"".join(part.raw for part in signed.children() if part.tag not in (0xA0, 0xA3))
    content = _wrapped(der.SEQUENCE, parts)
    signature = _wrapped(der.BIT_STRING, b"\0" + signer.sign(content, ec.ECDSA(hashes.SHA256())))
    return _wrapped(der.SEQUENCE, content + algorithm.raw + signature)


def _wrapped(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + content


Answer = tuple[list[bytes], int, int]
"""The chain, or the certificate complained about alone; OpenSSL's number, 0 for none; the depth."""


def openssl(leaf: Certificate, store: TrustStore, extra: list[Certificate]) -> Answer:
    """What OpenSSL says, the other certificates added step by step until no issuer is missing."""
    anchors = [root for root in store.roots if root.subject_name.raw == root.issuer_name.raw]
    pool = [root for root in store.roots if root not in anchors]
    answer = _verified(leaf, anchors, pool)
    for more in (store.intermediates, extra):
        if answer[1] not in NO_ISSUER:
            break
        pool = [*pool, *more]
        answer = _verified(leaf, anchors, pool)
    return answer


def _verified(leaf: Certificate, anchors: list[Certificate], pool: list[Certificate], own: bool = True) -> Answer:
    """`own`: the signatures of self-signed certificates count. .NET forgives a trusted root a broken one."""
    store = crypto.X509Store()
    for anchor in anchors:
        store.add_cert(_read(anchor))
    store.set_time(NOW)
    if own:
        store.set_flags(crypto.X509StoreFlags.CHECK_SS_SIGNATURE)
    try:
        chain = crypto.X509StoreContext(store, _read(leaf), [_read(one) for one in pool]).get_verified_chain()
    except crypto.X509StoreContextError as error:
        code, depth, _ = error.errors
        culprit = crypto.dump_certificate(crypto.FILETYPE_ASN1, error.certificate)
        if own and code == BROKEN_SIGNATURE and any(anchor.der == culprit for anchor in anchors):
            return _verified(leaf, anchors, pool, own=False)
        return [culprit], code, depth
    return [crypto.dump_certificate(crypto.FILETYPE_ASN1, one) for one in chain], 0, 0


def _read(certificate: Certificate) -> crypto.X509:
    return crypto.load_certificate(crypto.FILETYPE_ASN1, certificate.der)


def judged(leaf: Certificate, store: TrustStore, extra: list[Certificate]) -> Verdict:
    return build(leaf, store, now=NOW, extra=extra, revocation=Revocation.NONE, downloads=False)


def compare(leaf: Certificate, store: TrustStore, extra: list[Certificate]) -> None:
    """The same chain where it is good; otherwise the same first fault at the same certificate."""
    verdict, (chain, code, depth) = judged(leaf, store, extra), openssl(leaf, store, extra)
    elements = [element.certificate.der for element in verdict.elements]
    if not code:
        assert (verdict.build, verdict.status, elements) == (True, (), chain)
        return
    assert verdict.build is False
    if code == TOO_LONG:
        # OpenSSL 4 goes round a loop of self-issued certificates that OpenSSL 3 does not enter.
        assert "PartialChain" in verdict.status
    else:
        assert elements[depth : depth + 1] == chain
        assert FLAGS[code] in verdict.elements[depth].status


@pytest.mark.parametrize("first", range(0, 240, 40))
def test_small_worlds_have_the_path_that_openssl_finds(first: int) -> None:
    """Several certificates are judged with one store, with and without what came along."""
    for seed in range(first, first + 40):
        leaves, roots, intermediates, extra = Drawn(seed).world()
        store = TrustStore(roots, intermediates)
        for leaf in leaves:
            for along in ([], extra):
                try:
                    compare(leaf, store, along)
                except AssertionError as error:
                    raise AssertionError(f"world {seed}, {leaf!r}: {error}") from error


@pytest.mark.parametrize("length", [100, 101, 102, 103])
def test_long_paths_end_where_openssl_ends_them(length: int) -> None:
    """A hundred certificates below a trusted root are followed, and one more; not two."""
    authorities = [Authority("Root")]
    while len(authorities) < length - 1:
        authorities.append(Authority(f"Authority {len(authorities)}", authorities[-1]))
    leaf = authorities[-1].issue()
    store = TrustStore([authorities[0].certificate], [one.certificate for one in authorities[1:]])
    code = openssl(leaf, store, [])[1]
    assert (code == TOO_LONG) == (length > 102)
    assert judged(leaf, store, []).build is (code == 0)

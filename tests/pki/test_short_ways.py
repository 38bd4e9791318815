"""What has a short way gets the answer of the long one: usual files, usual keys, names, dates, remembered issuers."""

from __future__ import annotations

import base64
import json
import random
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certgate.core.errors import InputError
from certgate.core.source import Source
from certgate.pki import der, extensions, names, signatures
from certgate.pki.certificate import Certificate
from certgate.pki.chains import chain, path
from certgate.pki.chains.chain import build
from certgate.pki.chains.facts import Facts
from certgate.pki.chains.path import Path as Found
from certgate.pki.chains.path import Pool
from certgate.pki.files import armour, texts
from certgate.pki.files.containers import Opener
from certgate.pki.files.load import load_all
from certgate.pki.general_names import plain_names
from certgate.pki.public_keys import public_key, readable
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Revocation, Verdict
from tests.pki.authority import NOW, Authority
from tests.pki.recordings import rows

TESTS = Path(__file__).parents[1]
CHAINS = (TESTS / "golden" / "chains.json", TESTS.parents[1] / "shared" / "golden" / "chains-suites.json")

ROOT = Authority("Root CA")
MIDDLE = Authority("Issuing CA", ROOT)
LEAF = MIDDLE.issue()
STRANGER = Authority("Stranger").certificate
ROOT_LIST, GOOD_LIST = ROOT.revocation_list(), MIDDLE.revocation_list()


def pem(encoded: bytes, newline: str = "\n", width: int = 64) -> bytes:
    body = base64.b64encode(encoded).decode()
    lines = [body[at : at + width] for at in range(0, len(body), width)]
    return newline.join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""]).encode()


# Files.


def mangled(rng: random.Random) -> Iterator[bytes]:
    """Files with one certificate, sound and broken in many ways."""
    spare = (
        b"-----BEGIN CERTIFICATE-----",
        b"-----END CERTIFICATE-----",
        b"\n",
        b"\r\n",
        b" ",
        b"=",
        b"\\n",
        b"\0",
        b"A",
    )
    bits = (*spare, b"-", b"Comment\n", b"Proc-Type: 4,ENCRYPTED\n", b"\xef\xbb\xbf", b"\xff", b"\x1a")
    for _ in range(600):
        text = bytearray(pem(LEAF.der, rng.choice(("\n", "\r\n", "\r", "", " ")), rng.choice((64, 76, 4000))))
        for _ in range(rng.choice((0, 1, 1, 2))):
            at = rng.choice((0, 27, len(text) - 26, len(text), rng.randrange(len(text) + 1)))
            match rng.randrange(3):
                case 0:
                    text[at:at] = rng.choice(bits)
                case 1:
                    del text[at : at + rng.randrange(1, 4)]
                case _:
                    text[at : at + 1] = bytes([rng.randrange(256)])
        yield bytes(text)


def test_a_file_that_is_one_certificate_is_read_as_any_other() -> None:
    """The reader for the usual file finds what the reader for all files finds, or leaves the file to it."""
    answered = 0
    for data in mangled(random.Random(7)):  # noqa: S311 - made-up data
        encoded = armour.alone(data)
        if encoded is None:
            continue
        try:
            quick: object = [Certificate(encoded)]
        except InputError:
            continue
        answered += 1
        held = texts.read(Opener("file"), data)
        assert (quick, held.name, held.unread_key) == (list(held.certificates), "PEM", False)
    assert answered > 100


@pytest.mark.parametrize("data", [pem(LEAF.der), pem(LEAF.der, "\r\n"), pem(LEAF.der).rstrip()])
def test_usual_files_have_the_short_way(data: bytes) -> None:
    """Line ends of both kinds, with or without one behind the last line."""
    assert armour.alone(data) == LEAF.der
    assert [one.source for one in load_all(Source("file", data))] == ["file"]


# Keys.


def encoded_key(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def points() -> Iterator[bytes]:
    """Keys on P-256, sound and not: off the curve, at its edge, infinite, compressed, hybrid, beyond the field."""
    rng = random.Random(11)  # noqa: S311 - made-up data
    prime = 2**256 - 2**224 + 2**192 + 2**96 - 1
    for scalar in range(1, 40):
        spki = encoded_key(ec.derive_private_key(scalar, ec.SECP256R1()))
        start, x, y = spki[:26], int.from_bytes(spki[27:59], "big"), int.from_bytes(spki[59:], "big")
        changed = [(x, y), (x, prime - y), (y, x), (x + 1, y), (x, y + 1), (0, 0), (prime, y), (x, prime), (0, y)]
        changed += [(x, y + prime), (x + prime, y), (rng.randrange(2**256), rng.randrange(2**256))]
        fits = [(a, b) for a, b in changed if a < 2**256 and b < 2**256]
        for form in (4, 0, 2, 3, 6, 7):
            yield from (start + bytes([form]) + a.to_bytes(32, "big") + b.to_bytes(32, "big") for a, b in fits)
        compressed = start[:-4] + b"\x03\x22\x00"
        yield b"\x30\x39" + compressed[2:] + bytes([2 + y % 2]) + x.to_bytes(32, "big")
        yield b"\x30\x39" + compressed[2:] + bytes([2 + y % 2]) + (x + 1).to_bytes(32, "big")
        yield spki + b"\0"
        yield spki[:-1]
    yield bytes.fromhex("301a301306072a8648ce3d020106082a8648ce3d030107030300") + b"\0"


def test_a_key_is_readable_where_it_can_be_read() -> None:
    """The arithmetic for P-256 refuses every point that cryptography refuses, and no other."""
    listed = list(points())
    found = [readable(spki) for spki in listed]
    assert found == [public_key(spki) is not None for spki in listed]
    assert found.count(True) > 100
    assert found.count(False) > 1000


def test_every_kind_of_recorded_key_is_readable_or_not_by_both_ways() -> None:
    """Keys of all kinds, as they are and with a byte changed."""
    rng = random.Random(13)  # noqa: S311 - made-up data
    keys = {Certificate(base64.b64decode(row["der"])).outline.spki for row in rows("certs") if "error" not in row}
    keys |= {encoded_key(rsa.generate_private_key(65537, size)) for size in (2048, 3072)}
    for spki in sorted(keys):
        for _ in range(8):
            changed = bytearray(spki)
            changed[rng.choice((rng.randrange(len(spki)), rng.randrange(min(len(spki), 40))))] = rng.randrange(256)
            for one in (spki, bytes(changed)):
                assert readable(one) == (public_key(one) is not None)


# Names, dates, extensions.


def test_moments() -> None:
    """Dates that exist, and texts that only look like it."""
    rng = random.Random(17)  # noqa: S311 - made-up data
    digits = "00112359246031999"
    for _ in range(3000):
        text = "20" + "".join(rng.choice(digits) for _ in range(12)) + rng.choice("ZZZZ0z")
        try:
            assert re.fullmatch(r"\d{14}Z", text, re.ASCII)
            fields = [int(text[:4]), *(int(text[at : at + 2]) for at in range(4, 14, 2))]
            expected = datetime(*fields, tzinfo=UTC)  # type: ignore[misc, arg-type]
        except (AssertionError, ValueError):
            with pytest.raises(der.DerError):
                der.moment(der.GENERALIZED_TIME, text.encode())
        else:
            assert der.moment(der.GENERALIZED_TIME, text.encode()) == expected


def test_plain_lists_of_names_can_be_read() -> None:
    """What is said to be plain is read without an error."""
    rng = random.Random(19)  # noqa: S311 - made-up data
    plain = 0
    for _ in range(4000):
        parts = [
            der.wrap(rng.choice((0x81, 0x82, 0x86, 0x87, 0x87, 0x88, 0xA4, 0x83)), rng.randbytes(rng.randrange(9)))
            for _ in range(rng.randrange(4))
        ]
        raw = bytearray(der.wrap(rng.choice((der.SEQUENCE,) * 9 + (der.SET,)), b"".join(parts)))
        if rng.random() < 0.4:
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        if plain_names(bytes(raw)):
            plain += 1
            extensions.alternative_names(bytes(raw))
    assert plain > 300


def test_names_are_folded_alike_with_and_without_the_rest_of_unicode() -> None:
    """ASCII has a way of its own; a character from elsewhere behind the name takes that away."""
    rng = random.Random(23)  # noqa: S311 - made-up data
    alphabet = "aBZ \t\n\v\f\r\x1c\x1f\x7f-"
    for _ in range(2000):
        text = "".join(rng.choice(alphabet) for _ in range(rng.randrange(9)))
        folded = names._fold(text + "é")
        assert names._fold(text + "x") == folded[:-1] + "x"


# Signatures and chains.


def test_a_signature_is_judged_alike_with_and_without_the_certificate_around_it() -> None:
    """The parts of a certificate that has been read are those that are found in its bytes."""
    found = [Certificate(base64.b64decode(row["der"])) for row in rows("certs") if "error" not in row]
    issuers = [found[at] for at in range(0, len(found), max(1, len(found) // 25))] + [STRANGER]
    for one in (LEAF, MIDDLE.certificate, ROOT.certificate, *found):
        for issuer in (one, MIDDLE.certificate, ROOT.certificate, *issuers[:3]):
            assert signatures.issued(one, issuer) == signatures.verify_signed(one.der, issuer.outline.spki)


@cache
def cases() -> tuple[tuple[Certificate, TrustStore, datetime], ...]:
    """All recorded chains that can be loaded; those with the same certificates around them share one store."""
    found: list[tuple[Certificate, TrustStore, datetime]] = []
    stores: dict[str, TrustStore] = {}
    for file in CHAINS:
        document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"cases": []}
        for case in document["cases"]:
            pool = case["intermediates"] if "intermediates" in case else document["pools"][case["pool"]]
            key = json.dumps([case["roots"], pool])
            if key not in stores:
                stores[key] = TrustStore(_readable(case["roots"]), _readable(pool))
            found += [(leaf, stores[key], datetime.fromisoformat(case["at"])) for leaf in _readable([case["leaf"]])]
    return tuple(found)


def _readable(encoded: list[str]) -> list[Certificate]:
    found = []
    for one in encoded:
        try:
            found.append(Certificate(base64.b64decode(one)))
        except InputError:
            continue
    return found


def _said(verdict: Verdict) -> tuple[object, ...]:
    elements = [(one.certificate.der, one.status, one.origin, one.reasons, one.revocation) for one in verdict.elements]
    return verdict.build, verdict.status, elements, verdict.notes, verdict.wanted


def test_what_is_remembered_of_issuers_changes_no_verdict() -> None:
    """Every recorded leaf, asked of a store that many others were asked of before, and of a fresh one."""
    fresh = {}
    for leaf, store, at in cases():
        own = TrustStore(store.roots, store.intermediates)
        fresh[leaf, id(store), at] = _said(build(leaf, own, now=at, revocation=Revocation.NONE))
    for order in (cases(), cases()[::-1]):
        for leaf, store, at in order:
            verdict = build(Certificate(leaf.der), store, now=at, revocation=Revocation.NONE)
            assert _said(verdict) == fresh[leaf, id(store), at]


def test_the_path_of_a_leaf_is_found_alike_with_and_without_memory() -> None:
    """The same certificates in the same order, whatever has been asked before."""
    for leaf, store, at in cases():
        anchors = Pool(map(Facts, store.roots))
        pools = (Pool(), Pool(map(Facts, store.intermediates)))
        plain = path._first(Facts(leaf), anchors, pools, at)
        for _ in range(2):
            assert _certificates(path.first(Facts(leaf), anchors, pools, at)) == _certificates(plain)


def _certificates(found: Found) -> tuple[list[bytes], bool]:
    return [element.certificate.der for element in found.elements], found.trusted


def test_an_undisputed_chain_is_what_the_builder_says_of_it() -> None:
    """A certificate in the handshake that has no part in the chain takes the short way away, and changes nothing."""
    for leaf, store, at in cases():
        for revocation in (Revocation.NONE, Revocation.ASSUME_GOOD):
            short = build(leaf, store, now=at, revocation=revocation)
            long = build(leaf, store, now=at, revocation=revocation, extra=(STRANGER,))
            assert _said(short) == _said(long)


def test_equal_certificates_are_called_by_the_file_they_came_from() -> None:
    """What is remembered of one is said of the other, but not where it was found."""
    store = TrustStore([ROOT.certificate])
    for name in ("one.pem", "two.pem"):
        leaf, sent = (Certificate(one.der, source=name) for one in (LEAF, MIDDLE.certificate))
        verdict = build(leaf, store, now=NOW, extra=[sent], revocation=Revocation.NONE)
        assert verdict.elements[0].certificate.source == name
        assert verdict.elements[1].origin_name == name


def test_several_threads_may_ask_at_once() -> None:
    """More stores and moments than are remembered, so that one thread forgets what another looks for."""
    problems: list[str] = []

    def ask(seed: int) -> None:
        rng = random.Random(seed)  # noqa: S311 - made-up data
        stores = [TrustStore([ROOT.certificate], [MIDDLE.certificate], [GOOD_LIST, ROOT_LIST]) for _ in range(20)]
        try:
            for _ in range(200):
                now = NOW + timedelta(seconds=rng.randrange(200))
                revocation = rng.choice((Revocation.NONE, Revocation.OFFLINE))
                verdict = build(Certificate(LEAF.der), rng.choice(stores), now=now, revocation=revocation)
                if verdict.build is not True:
                    problems.append(str(verdict.status))
        except (LookupError, RuntimeError, StopIteration) as error:
            problems.append(repr(error))

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [Thread(target=ask, args=(seed,)) for seed in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert problems == []


def test_only_small_questions_are_remembered() -> None:
    """A verdict on certificates of many bytes is worked out anew."""
    store = TrustStore([ROOT.certificate], [MIDDLE.certificate])
    many = (STRANGER,) * (chain._MAX_REMEMBERED // len(STRANGER.der) + 1)
    options: dict[str, Any] = {"now": NOW, "revocation": Revocation.NONE}
    assert build(LEAF, store, **options) is build(LEAF, store, **options)
    assert build(LEAF, store, extra=many, **options) is not build(LEAF, store, extra=many, **options)

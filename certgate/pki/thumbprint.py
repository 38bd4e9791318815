"""Why a pasted thumbprint is not the thumbprint of a certificate, in figures and names.

Pure. Knows the ways in which thumbprints get damaged: invisible characters of the Windows dialog, separators of other
tools, another digest, another certificate.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from certgate.core.value import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from certgate.pki.certificate import Certificate

DIGITS = 40
MAX_CHARACTERS = 10_000
"""SECURITY: what is looked at of a pasted text."""
MAX_NAMED = 5
"""How many different characters are named one by one."""
MAX_WRONG_DIGITS = 3
"""Up to how many differing digits are told one by one: more is another thumbprint."""

_OTHER_DIGESTS = ("sha256", "sha384", "sha512", "md5")
_DIGEST_NAMES = {"sha1": "SHA-1", "sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512", "md5": "MD5"}
_HEX = frozenset("0123456789abcdefABCDEF")
_SEPARATORS = {" ": ("space", "spaces"), ":": ("colon", "colons"), "-": ("dash", "dashes"), ".": ("dot", "dots")}
_LABEL = re.compile(r"[^=:]*=\s*|\s*(?:thumbprint|fingerprint|sha-?1)\s*:\s*|\s*0[xX]", re.IGNORECASE)


class DifferenceKind(StrEnum):
    """In what way a pasted text differs."""

    INVISIBLE = "invisible"
    LABEL = "label"
    SEPARATORS = "separators"
    CASE = "case"
    NOT_HEX = "not-hex"
    OTHER_DIGEST = "other-digest"
    OTHER_CERTIFICATE = "other-certificate"
    LENGTH = "length"
    DIGITS = "digits"


@frozen
class Difference:
    """One difference in words: ``19 spaces``, ``an invisible U+200E (LEFT-TO-RIGHT MARK) at the start``."""

    kind: DifferenceKind
    text: str


@frozen
class ThumbprintCheck:
    """The answer. `expected` is the certificate's thumbprint, `summary` one sentence without a full stop.

    `same_certificate`: the digits mean this certificate, though the text differs.
    """

    equal: bool
    expected: str
    pasted: str
    summary: str
    same_certificate: bool = False
    differences: tuple[Difference, ...] = ()


def explain_mismatch(pasted: str, certificate: Certificate, others: Sequence[Certificate] = ()) -> ThumbprintCheck:
    """Compare a pasted text with the thumbprint of a certificate, character by character as a policy does."""
    expected = certificate.thumbprint
    if pasted == expected:
        return ThumbprintCheck(True, expected, pasted, "equal", same_certificate=True)
    label = _label(pasted)
    body = pasted[len(label) : MAX_CHARACTERS]
    digits = "".join(char for char in body if char in _HEX).upper()
    summary, meaning = _meaning(digits, certificate, others)
    same = meaning is None or meaning.kind is DifferenceKind.OTHER_DIGEST
    spelling = (*_label_difference(label), *_spelling(body))
    differences = spelling if meaning is None else (meaning, *spelling)
    return ThumbprintCheck(False, expected, pasted, summary, same, differences)


def _label(pasted: str) -> str:
    found = _LABEL.match(pasted)
    return found[0] if found else ""


def _label_difference(label: str) -> Iterator[Difference]:
    if label:
        yield Difference(DifferenceKind.LABEL, f"{label.strip()!r} in front")


def _spelling(body: str) -> Iterator[Difference]:
    """Everything about the text but the digits themselves."""
    hexadecimal = [at for at, char in enumerate(body) if char in _HEX]
    yield from _strangers(body, hexadecimal)
    separators = Counter(char for char in body if char in _SEPARATORS)
    for char, count in separators.items():
        yield Difference(DifferenceKind.SEPARATORS, f"{count} {_SEPARATORS[char][count > 1]}")
    letters = [body[at] for at in hexadecimal if body[at].isalpha()]
    if any(map(str.islower, letters)):
        mixed = any(map(str.isupper, letters))
        yield Difference(DifferenceKind.CASE, "lower and upper case mixed" if mixed else "lower case")


def _strangers(body: str, hexadecimal: list[int]) -> Iterator[Difference]:
    """Characters that are neither hex digits nor usual separators, each kind once."""
    found: dict[tuple[str, str], int] = {}
    for at, char in enumerate(body):
        if char not in _HEX and char not in _SEPARATORS:
            where = _where(at, hexadecimal)
            found[char, where] = found.get((char, where), 0) + 1
    for (char, where), count in list(found.items())[:MAX_NAMED]:
        yield _stranger(char, where, count)
    if len(found) > MAX_NAMED:
        yield Difference(
            DifferenceKind.NOT_HEX, f"{len(found) - MAX_NAMED} more kinds of characters that are no digits"
        )


def _where(at: int, hexadecimal: list[int]) -> str:
    if not hexadecimal or at < hexadecimal[0]:
        return "at the start"
    return "at the end" if at > hexadecimal[-1] else "inside"


def _stranger(char: str, where: str, count: int) -> Difference:
    name = f"U+{ord(char):04X}" + (f" ({unicodedata.name(char)})" if unicodedata.name(char, "") else "")
    if unicodedata.category(char)[0] in "CZM":
        subject = f"an invisible {name}" if count == 1 else f"{count} invisible {name}"
        return Difference(DifferenceKind.INVISIBLE, f"{subject} {where}")
    times = "" if count == 1 else f", {count} times"
    return Difference(DifferenceKind.NOT_HEX, f"{char!r} {name}, which is no hex digit, {where}{times}")


def _meaning(digits: str, certificate: Certificate, others: Sequence[Certificate]) -> tuple[str, Difference | None]:
    """What the digits are: a sentence, and the difference beyond spelling."""
    if digits == certificate.thumbprint:
        return "the same certificate, but not the same text", None
    algorithm = _algorithm(digits, certificate)
    if algorithm:
        text = f"the {algorithm} of the same certificate; a policy compares the SHA-1"
        return "the same certificate, but another digest of it", Difference(DifferenceKind.OTHER_DIGEST, text)
    for other in others:
        algorithm = "SHA-1" if digits == other.thumbprint else _algorithm(digits, other)
        if algorithm:
            text = f"the {algorithm} of {other.subject or 'a certificate without subject'}"
            return "another certificate of the same input", Difference(DifferenceKind.OTHER_CERTIFICATE, text)
    return _unknown(digits, certificate.thumbprint)


def _algorithm(digits: str, certificate: Certificate) -> str | None:
    for algorithm in _OTHER_DIGESTS:
        if certificate.hash(algorithm).hex().upper() == digits:
            return _DIGEST_NAMES[algorithm]
    return None


def _unknown(digits: str, expected: str) -> tuple[str, Difference]:
    if len(digits) != DIGITS:
        part = f", which are a part of the right ones: {digits}" if len(digits) > 1 and digits in expected else ""
        text = f"{len(digits)} hex digits where {DIGITS} belong{part}"
        return "not a thumbprint", Difference(DifferenceKind.LENGTH, text)
    wrong = [at for at in range(DIGITS) if digits[at] != expected[at]]
    if len(wrong) > MAX_WRONG_DIGITS:
        return "another certificate", Difference(DifferenceKind.OTHER_CERTIFICATE, "a thumbprint of none of these")
    text = ", ".join(f"digit {at + 1} is {digits[at]} where {expected[at]} belongs" for at in wrong)
    return "nearly the same, but not equal", Difference(DifferenceKind.DIGITS, text)

"""Why a pasted thumbprint is not the thumbprint: every damage is told by name."""

from __future__ import annotations

import pytest

from certgate.pki.thumbprint import DifferenceKind, explain_mismatch
from tests.pki.recordings import certificate

LEAF = certificate("ext/everything")
OTHER = certificate("key/rsa2048")
RIGHT = LEAF.thumbprint
PAIRS = [RIGHT[at : at + 2] for at in range(0, 40, 2)]


def told(pasted: str) -> list[str]:
    """The differences in words."""
    return [difference.text for difference in explain_mismatch(pasted, LEAF, (LEAF, OTHER)).differences]


def test_equal() -> None:
    """The thumbprint itself is equal, with nothing to tell."""
    check = explain_mismatch(RIGHT, LEAF)
    assert (check.equal, check.same_certificate, check.differences) == (True, True, ())


@pytest.mark.parametrize(
    ("pasted", "differences"),
    [
        (RIGHT.lower(), ["lower case"]),
        (RIGHT[:20].lower() + RIGHT[20:], ["lower and upper case mixed"]),
        (" ".join(PAIRS), ["19 spaces"]),
        (":".join(PAIRS), ["19 colons"]),
        ("-".join(PAIRS), ["19 dashes"]),
        ("\u200e" + RIGHT, ["an invisible U+200E (LEFT-TO-RIGHT MARK) at the start"]),
        (RIGHT + "\ufeff", ["an invisible U+FEFF (ZERO WIDTH NO-BREAK SPACE) at the end"]),
        (RIGHT[:9] + "\u00a0" + RIGHT[9:], ["an invisible U+00A0 (NO-BREAK SPACE) inside"]),
        (RIGHT + "\n", ["an invisible U+000A at the end"]),
        ("SHA1 Fingerprint=" + ":".join(PAIRS), ["'SHA1 Fingerprint=' in front", "19 colons"]),
        ("0x" + RIGHT, ["'0x' in front"]),
        (
            "\u200e" + " ".join(PAIRS).lower(),
            ["an invisible U+200E (LEFT-TO-RIGHT MARK) at the start", "19 spaces", "lower case"],
        ),
    ],
)
def test_same_certificate_other_text(pasted: str, differences: list[str]) -> None:
    """The right digits in another spelling: the same certificate, and each difference counted."""
    check = explain_mismatch(pasted, LEAF)
    assert (check.equal, check.same_certificate) == (False, True)
    assert [difference.text for difference in check.differences] == differences


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_another_digest(algorithm: str) -> None:
    """A longer digest of the same certificate is recognised."""
    check = explain_mismatch(LEAF.hash(algorithm).hex().upper(), LEAF)
    assert (check.equal, check.same_certificate) == (False, True)
    assert [difference.kind for difference in check.differences] == [DifferenceKind.OTHER_DIGEST]


def test_another_certificate_of_the_file() -> None:
    """The thumbprint of the issuer, say, is told by its subject."""
    check = explain_mismatch(OTHER.thumbprint, LEAF, (LEAF, OTHER))
    assert (check.equal, check.same_certificate) == (False, False)
    assert [difference.text for difference in check.differences] == [f"the SHA-1 of {OTHER.subject}"]


def test_unknown_certificate() -> None:
    """Forty other digits are another certificate."""
    assert explain_mismatch("AB" * 20, LEAF).summary == "another certificate"


@pytest.mark.parametrize(
    ("pasted", "kinds"),
    [
        ("", [DifferenceKind.LENGTH]),
        (RIGHT[:-1], [DifferenceKind.LENGTH]),
        (RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1"), [DifferenceKind.DIGITS]),
        (RIGHT[:-1] + "O", [DifferenceKind.LENGTH, DifferenceKind.NOT_HEX]),
        ("thumbprint", [DifferenceKind.LENGTH, DifferenceKind.NOT_HEX]),
        ("\U0001f600" * 50, [DifferenceKind.LENGTH, DifferenceKind.NOT_HEX]),
    ],
)
def test_not_a_thumbprint(pasted: str, kinds: list[DifferenceKind]) -> None:
    """Wrong length, wrong digits and characters that are no digits."""
    found = [difference.kind for difference in explain_mismatch(pasted, LEAF).differences]
    assert list(dict.fromkeys(found))[: len(kinds)] == kinds


def test_part_of_the_right_digits() -> None:
    """A cut thumbprint is told to be a part of the right one."""
    assert told(RIGHT[:38]) == [f"38 hex digits where 40 belong, which are a part of the right ones: {RIGHT[:38]}"]


def test_many_kinds_of_strangers_are_counted() -> None:
    """Only the first few different characters are named one by one."""
    assert told("ghijklmnop")[-1] == "5 more kinds of characters that are no digits"

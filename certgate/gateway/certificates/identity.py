"""An ``identity`` of ``validate-client-certificate``: each attribute compared with the certificate (fact sheet §1.4).

Pure: values in, comparisons out. Knows which comparison rests on an assumption and which relaxation was needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from certgate.pki.certificate import Certificate
    from certgate.pki.names import Name

COMMON_NAME = "2.5.4.3"
_ISSUER_ATTRIBUTES = ("issuer-subject", "issuer-thumbprint")


@frozen
class Presented:
    """What identities are compared with. `issuer` None: no chain element above the leaf is known."""

    leaf: Certificate
    issuer: Certificate | None = None
    uploaded: Mapping[str, Certificate] = field(default_factory=dict)


@frozen
class Comparison:
    """One attribute: what the policy wants, what the certificate has, and by which assumptions they are the same.

    `relaxed` says in words what is overlooked, where text alone would differ.
    """

    attribute: str
    wanted: str
    actual: str
    matched: bool
    assumptions: tuple[str, ...] = ()
    relaxed: str = ""
    problem: str = ""
    """Why what the policy wants can match nothing."""


def compare(attribute: str, wanted: str, presented: Presented) -> Comparison:
    """Compare one attribute of an identity. Raises KeyError for a name that is none of the eight."""
    return _COMPARISONS[attribute](wanted, presented)


def assumptions(attributes: Mapping[str, str]) -> tuple[str, ...]:
    """What an identity with these attributes rests on besides each comparison."""
    found = [] if attributes else ["identity-empty"]
    if "issuer-certificate-id" in attributes and any(name in attributes for name in _ISSUER_ATTRIBUTES):
        found.append("identity-issuer-exclusive")
    if any(value.startswith(("@(", "@{")) for value in attributes.values()):
        found.append("identity-expression")
    return tuple(found)


def _folded(attribute: str, wanted: str, actual: str, assumption: str) -> Comparison:
    """A comparison without regard to case."""
    matched = wanted.casefold() == actual.casefold()
    relaxed = "case" if matched and wanted != actual else ""
    return Comparison(attribute, wanted, actual, matched, (assumption,), relaxed)


def _any_of(attribute: str, wanted: str, actual: tuple[str, ...], assumption: str) -> Comparison:
    comparisons = [_folded(attribute, wanted, value, assumption) for value in actual]
    matching = [comparison for comparison in comparisons if comparison.matched]
    if matching:
        return min(matching, key=lambda comparison: len(comparison.relaxed))
    return Comparison(attribute, wanted, ", ".join(actual), False, (assumption,))


def _thumbprint(wanted: str, presented: Presented) -> Comparison:
    return _folded("thumbprint", wanted, presented.leaf.thumbprint, "identity-thumbprint")


def _serial_number(wanted: str, presented: Presented) -> Comparison:
    actual = presented.leaf.serial_number
    folded = _folded("serial-number", wanted, actual, "identity-serial-number")
    if folded.matched or wanted.lstrip("0").casefold() != actual.lstrip("0").casefold():
        return folded
    return Comparison("serial-number", wanted, actual, True, ("identity-serial-number",), "leading zeros")


def _common_name(wanted: str, presented: Presented) -> Comparison:
    actual = presented.leaf.subject_name.values(COMMON_NAME)
    return _any_of("common-name", wanted, actual, "identity-common-name")


def _dns_name(wanted: str, presented: Presented) -> Comparison:
    from certgate.pki.general_names import NameKind

    try:
        names = presented.leaf.subject_alternative_names
    except InputError:
        names = ()
    actual = tuple(name.text for name in names if name.kind is NameKind.DNS)
    return _any_of("dns-name", wanted, actual, "identity-dns-name")


def _subject(wanted: str, presented: Presented) -> Comparison:
    return _name("subject", wanted, presented.leaf.subject_name)


def _issuer_subject(wanted: str, presented: Presented) -> Comparison:
    return _name("issuer-subject", wanted, presented.leaf.issuer_name)


def _name(attribute: str, wanted: str, name: Name) -> Comparison:
    from certgate.pki.distinguished_text import compare_text

    found = compare_text(wanted, name)
    rests_on = ("identity-dn",) if found.relaxations or not found.same else ()
    return Comparison(attribute, wanted, name.text, found.same, rests_on, ", ".join(found.relaxations), found.problem)


def _issuer_thumbprint(wanted: str, presented: Presented) -> Comparison:
    if presented.issuer is None:
        return Comparison("issuer-thumbprint", wanted, "", False, ("identity-issuer-thumbprint",))
    return _folded("issuer-thumbprint", wanted, presented.issuer.thumbprint, "identity-issuer-thumbprint")


def _issuer_certificate_id(wanted: str, presented: Presented) -> Comparison:
    from certgate.pki.names import same_name
    from certgate.pki.signatures import issued

    uploaded = {identifier.casefold(): each for identifier, each in presented.uploaded.items()}
    issuer, leaf = uploaded.get(wanted.casefold()), presented.leaf
    found = ("identity-certificate-id",)
    if issuer is None:
        return Comparison("issuer-certificate-id", wanted, "no uploaded certificate of that id", False, found)
    named = same_name(leaf.issuer_name.raw, issuer.subject_name.raw)
    return Comparison("issuer-certificate-id", wanted, leaf.issuer, named and issued(leaf, issuer), found)


_COMPARISONS: dict[str, Callable[[str, Presented], Comparison]] = {
    "thumbprint": _thumbprint,
    "serial-number": _serial_number,
    "common-name": _common_name,
    "subject": _subject,
    "dns-name": _dns_name,
    "issuer-subject": _issuer_subject,
    "issuer-thumbprint": _issuer_thumbprint,
    "issuer-certificate-id": _issuer_certificate_id,
}
ATTRIBUTES = tuple(_COMPARISONS)
"""The attributes that an identity may have."""

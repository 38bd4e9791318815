"""A certificate says what .NET says of it, member by member; broken bytes give an error with a code, and no other."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest

from certgate.core.errors import InputError
from certgate.pki.certificate import Certificate
from certgate.pki.der import DerError
from certgate.pki.extensions import KeyUsage
from certgate.pki.general_names import NameKind
from tests.pki.recordings import certificate, encoded, rows

FILES = ["certs", "certs-suites"]
FUZZED = [
    *(
        "ext/everything",
        "ext/san-mixed",
        "ext/cdp-reasons",
        "ext/policies",
        "ext/nc",
        "ext/aia",
        "ext/policy-constraints",
    ),
    *("ext/ms-template", "ext/ian", "key/dsa", "key/rsa2048", "key/ec-secp521r1", "key/pss-sha384", "key/ed448"),
    *("name/multi-rdn-3", "name/type/BMPString", "name/type/UniversalString", "name/value-cn/emoji"),
    *("dates/1950", "serial/8000000000000000"),
]


@pytest.mark.parametrize("file", FILES)
def test_recorded_properties(file: str) -> None:
    """Every member of every recorded certificate is what .NET gave."""
    wrong = []
    for row in rows(file):
        if "error" in row:
            continue
        actual = Certificate(base64.b64decode(row["der"])).properties(UTC)
        wrong += [
            (row["id"], key, actual.get(key), row["properties"].get(key))
            for key in {*actual, *row["properties"]}
            if actual.get(key) != row["properties"].get(key)
        ]
    assert not wrong


@pytest.mark.parametrize("file", FILES)
def test_recorded_refusals(file: str) -> None:
    """What .NET does not load, certgate refuses by the same rule."""
    codes = {}
    for row in rows(file):
        if "error" in row:
            with pytest.raises(InputError) as caught:
                Certificate(base64.b64decode(row["der"]))
            codes[row["id"]] = caught.value.code
    assert set(codes.values()) == {"certificate-invalid"}


@pytest.mark.parametrize("file", FILES)
def test_recorded_extensions(file: str) -> None:
    """Object identifier, names, bytes, both texts and the decoded value of every recorded extension."""
    wrong = []
    for row in rows(file):
        if "error" in row:
            continue
        extensions = Certificate(base64.b64decode(row["der"])).extensions
        for actual, expected in zip(extensions, row["extensions"], strict=True):
            members = {
                "oid": actual.oid,
                "FriendlyName": actual.friendly_name,
                "critical": actual.critical,
                "type": actual.type_name,
                "raw": actual.raw.hex().upper(),
                "Format(false)": actual.format(False),
                "Format(true)": actual.format(True),
                "decoded": actual.decoded,
            }
            wrong += [(row["id"], key, value) for key, value in members.items() if value != expected.get(key)]
    assert not wrong


def test_no_exception_but_its_own() -> None:
    """Truncated and damaged certificates give an InputError or values, never another exception."""
    random = Random(7)  # noqa: S311 - the same damage in every run
    for identifier in FUZZED:
        whole = encoded(identifier)
        damaged = [whole[: random.randrange(len(whole))] for _ in range(8)]
        damaged += [_flipped(whole, random) for _ in range(25)]
        for data in damaged:
            _use(data)


def _flipped(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 3))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _use(data: bytes) -> None:
    try:
        damaged = Certificate(data)
    except InputError as error:
        assert error.code == "certificate-invalid"
        return
    damaged.properties()
    for member in ACCESSORS:
        try:
            getattr(damaged, member)
        except InputError as error:
            assert error.code == ("date-invalid" if member.startswith("not_") else "extension-invalid")
            assert error.code == "date-invalid" or damaged.invalid_extensions
    for extension in damaged.extensions:
        extension.format(True)
        try:
            assert extension.decoded is None or isinstance(extension.decoded, str)
        except DerError:
            assert extension.oid in damaged.invalid_extensions


ACCESSORS = (
    *("not_before", "not_after", "basic_constraints", "key_usage", "enhanced_key_usage", "subject_key_identifier"),
    *("authority_key_identifier", "subject_alternative_names", "issuer_alternative_names", "name_constraints"),
    *("crl_distribution_points", "freshest_crl", "ocsp_urls", "ca_issuer_urls"),
)


def test_every_truncation_is_refused() -> None:
    """No beginning of a certificate is a certificate."""
    whole = encoded("ext/everything")
    for size in range(len(whole)):
        with pytest.raises(InputError):
            Certificate(whole[:size])


def test_bytes_behind_the_certificate_are_cut() -> None:
    """As in .NET, the certificate ends where its encoding ends, and so does its digest."""
    whole = encoded("ext/everything")
    longer = Certificate(whole + b"\0\0")
    assert longer.der == whole
    assert longer == Certificate(whole)
    assert hash(longer) == hash(Certificate(whole))
    assert longer.thumbprint == hashlib.sha1(whole).hexdigest().upper()


def test_place_and_code_of_a_refusal() -> None:
    """The error names the source and what to do."""
    with pytest.raises(InputError) as caught:
        Certificate(b"hello", source="client.cer")
    assert (caught.value.code, str(caught.value.place)) == ("certificate-invalid", "client.cer")
    assert caught.value.hint


def test_dates_in_a_zone() -> None:
    """Members are aware UTC; texts are local to the zone that is asked for."""
    leaf = certificate("dates/1969")
    zone = timezone(timedelta(hours=2))
    assert leaf.not_before == datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert leaf.properties(zone)["GetEffectiveDateString"] == "01/01/1970 01:59:59"
    assert leaf.properties(zone)["NotBefore"] == "1969-12-31T23:59:59Z"
    assert "[Not Before]\n  01/01/1970 01:59:59\n" in leaf.to_string(zone=zone)


def test_date_that_is_none() -> None:
    """A broken date is an error of its own when it is asked for, and not before."""
    leaf = Certificate(encoded("dates/1950").replace(b"500101000000Z", b"501301000000Z"))
    assert leaf.subject == "CN=client"
    with pytest.raises(InputError) as caught:
        _ = leaf.not_before
    assert caught.value.code == "date-invalid"
    shown = leaf.properties()["NotBefore"]
    assert isinstance(shown, dict)
    assert shown["error"] == "System.Security.Cryptography.CryptographicException"


def test_private_key_is_acknowledged() -> None:
    """The long text has a section for a private key that goes with the certificate."""
    leaf = Certificate(encoded("key/rsa2048"), has_private_key=True)
    assert leaf.to_string(True).endswith("\n\n[Private Key]\n\n")
    assert leaf.properties()["HasPrivateKey"] is True


def test_decoded_extensions() -> None:
    """What chain building asks for, of one certificate that has it all."""
    leaf = certificate("ext/everything")
    assert leaf.basic_constraints is not None
    assert (leaf.basic_constraints.certificate_authority, leaf.basic_constraints.path_length) == (True, 3)
    assert leaf.key_usage is not None
    assert KeyUsage.KEY_CERT_SIGN in leaf.key_usage
    assert leaf.enhanced_key_usage is not None
    assert leaf.enhanced_key_usage[:2] == ("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2")
    assert leaf.subject_key_identifier == bytes.fromhex("62634AFFD72499D909333987C311B73822253779")
    assert leaf.authority_key_identifier is not None
    assert leaf.authority_key_identifier.serial is None
    assert [name.kind for name in leaf.subject_alternative_names][:3] == [NameKind.DNS, NameKind.EMAIL, NameKind.URI]
    assert [name.text for name in leaf.subject_alternative_names][3:7] == [
        *("10.0.0.1", "2001:DB8:0:0:0:0:0:1", "CN=dir", "1.2.3.4"),
    ]
    assert leaf.crl_distribution_points[0].urls == ("http://pki.certgate.test/a.crl",)
    assert leaf.ocsp_urls == ("http://pki.certgate.test/ocsp",)
    assert leaf.ca_issuer_urls == ("http://pki.certgate.test/ca.cer",)
    assert leaf.name_constraints is None
    assert leaf.invalid_extensions == ()


def test_distribution_point_with_reasons() -> None:
    """Reasons are bit numbers; the issuer of the list is a directory name."""
    [point] = certificate("ext/cdp-reasons").crl_distribution_points
    assert point.reasons == {1, 2}
    assert [name.kind for name in point.crl_issuer] == [NameKind.DIRECTORY]


def test_extension_that_occurs_twice() -> None:
    """An extension that stands twice is invalid, never the first of the two."""
    from certgate.pki.extension_list import Extensions
    from certgate.pki.structure import RawExtension

    extension = RawExtension("2.5.29.19", False, bytes.fromhex("3000"))
    twice = Extensions((extension, extension))
    assert twice.invalid == ("2.5.29.19",)
    with pytest.raises(InputError) as caught:
        _ = twice.basic_constraints
    assert caught.value.code == "extension-invalid"


def test_unknown_kind_of_name() -> None:
    """A name type that .NET has not is a mistake of the caller."""
    with pytest.raises(ValueError, match="X509NameType"):
        certificate("ext/everything").name_info("Nickname")


def test_thumbprint_needs_no_cryptography() -> None:
    """Making a certificate and its thumbprint loads neither cryptography nor json."""
    program = (
        "import sys; from certgate.pki.certificate import Certificate; "
        "c = Certificate(sys.stdin.buffer.read()); c.thumbprint; c.properties(); "
        "print(sorted({'cryptography', 'json', 'rich'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], input=encoded("ext/everything"), capture_output=True, check=True, timeout=60
    )
    assert found.stdout.decode().strip() == "[]"

"""Object identifiers and the names .NET gives them.

.NET has a table of its own, with Windows' names, and asks OpenSSL for the rest (`oid_names`). Source: the documentation
of System.Security.Cryptography.Oid, and recordings of .NET 10 on Linux.
"""

from __future__ import annotations

from certgate.core.value import frozen
from certgate.pki import oid_names

COMMON_NAME = "2.5.4.3"
ORGANIZATION = "2.5.4.10"
ORGANIZATIONAL_UNIT = "2.5.4.11"
USER_ID = "0.9.2342.19200300.100.1.1"
EMAIL_ADDRESS = "1.2.840.113549.1.9.1"

RSA = "1.2.840.113549.1.1.1"
RSA_PSS = "1.2.840.113549.1.1.10"
DSA = "1.2.840.10040.4.1"
EC = "1.2.840.10045.2.1"
ED25519 = "1.3.101.112"
ED448 = "1.3.101.113"

SUBJECT_KEY_IDENTIFIER = "2.5.29.14"
KEY_USAGE = "2.5.29.15"
PRIVATE_KEY_USAGE_PERIOD = "2.5.29.16"
SUBJECT_ALTERNATIVE_NAME = "2.5.29.17"
ISSUER_ALTERNATIVE_NAME = "2.5.29.18"
BASIC_CONSTRAINTS = "2.5.29.19"
NAME_CONSTRAINTS = "2.5.29.30"
CRL_DISTRIBUTION_POINTS = "2.5.29.31"
CERTIFICATE_POLICIES = "2.5.29.32"
POLICY_MAPPINGS = "2.5.29.33"
AUTHORITY_KEY_IDENTIFIER = "2.5.29.35"
POLICY_CONSTRAINTS = "2.5.29.36"
ENHANCED_KEY_USAGE = "2.5.29.37"
FRESHEST_CRL = "2.5.29.46"
INHIBIT_ANY_POLICY = "2.5.29.54"
AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1"
SUBJECT_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.11"
TLS_FEATURE = "1.3.6.1.5.5.7.1.24"
OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5"
SIGNED_CERTIFICATE_TIMESTAMPS = "1.3.6.1.4.1.11129.2.4.2"

OCSP = "1.3.6.1.5.5.7.48.1"
CA_ISSUERS = "1.3.6.1.5.5.7.48.2"
USER_PRINCIPAL_NAME = "1.3.6.1.4.1.311.20.2.3"

_DOTNET_NAMES = """\
0.9.2342.19200300.100.1.25 DC
1.2.156.11235.1.1.2.1 ec192wapi
1.2.840.10040.4.1 DSA
1.2.840.10040.4.3 sha1DSA
1.2.840.10045.2.1 ECC
1.2.840.10045.3.1.1 nistP192
1.2.840.10045.3.1.2 x962P192v2
1.2.840.10045.3.1.3 x962P192v3
1.2.840.10045.3.1.4 x962P239v1
1.2.840.10045.3.1.5 x962P239v2
1.2.840.10045.3.1.6 x962P239v3
1.2.840.10045.3.1.7 ECDSA_P256
1.2.840.10045.4.1 sha1ECDSA
1.2.840.10045.4.3 specifiedECDSA
1.2.840.10045.4.3.2 sha256ECDSA
1.2.840.10045.4.3.3 sha384ECDSA
1.2.840.10045.4.3.4 sha512ECDSA
1.2.840.10046.2.1 DH
1.2.840.113549.1.1.1 RSA
1.2.840.113549.1.1.2 md2RSA
1.2.840.113549.1.1.3 md4RSA
1.2.840.113549.1.1.4 md5RSA
1.2.840.113549.1.1.5 sha1RSA
1.2.840.113549.1.1.7 RSAES_OAEP
1.2.840.113549.1.1.8 mgf1
1.2.840.113549.1.1.10 RSASSA-PSS
1.2.840.113549.1.1.11 sha256RSA
1.2.840.113549.1.1.12 sha384RSA
1.2.840.113549.1.1.13 sha512RSA
1.2.840.113549.1.3.1 DH
1.2.840.113549.1.9.1 E
1.2.840.113549.1.9.16.3.5 ESDH
1.2.840.113549.1.9.16.3.6 CMS3DESwrap
1.2.840.113549.1.9.16.3.7 CMSRC2wrap
1.2.840.113549.2.2 md2
1.2.840.113549.2.4 md4
1.2.840.113549.2.5 md5
1.2.840.113549.3.2 rc2
1.2.840.113549.3.4 rc4
1.2.840.113549.3.7 3des
1.3.6.1.5.5.7.2.1 CPS
1.3.6.1.5.5.7.6.2 NO_SIGN
1.3.14.3.2.2 md4RSA
1.3.14.3.2.3 md5RSA
1.3.14.3.2.4 md4RSA
1.3.14.3.2.7 des
1.3.14.3.2.12 DSA
1.3.14.3.2.13 sha1DSA
1.3.14.3.2.15 shaRSA
1.3.14.3.2.18 sha
1.3.14.3.2.22 RSA_KEYX
1.3.14.3.2.26 sha1
1.3.14.3.2.27 dsaSHA1
1.3.14.3.2.29 sha1RSA
1.3.14.7.2.3.1 md2RSA
1.3.36.3.3.2.8.1.1.1 brainpoolP160r1
1.3.36.3.3.2.8.1.1.2 brainpoolP160t1
1.3.36.3.3.2.8.1.1.3 brainpoolP192r1
1.3.36.3.3.2.8.1.1.4 brainpoolP192t1
1.3.36.3.3.2.8.1.1.5 brainpoolP224r1
1.3.36.3.3.2.8.1.1.6 brainpoolP224t1
1.3.36.3.3.2.8.1.1.7 brainpoolP256r1
1.3.36.3.3.2.8.1.1.8 brainpoolP256t1
1.3.36.3.3.2.8.1.1.9 brainpoolP320r1
1.3.36.3.3.2.8.1.1.10 brainpoolP320t1
1.3.36.3.3.2.8.1.1.11 brainpoolP384r1
1.3.36.3.3.2.8.1.1.12 brainpoolP384t1
1.3.36.3.3.2.8.1.1.13 brainpoolP512r1
1.3.36.3.3.2.8.1.1.14 brainpoolP512t1
1.3.132.0.8 secP160r1
1.3.132.0.9 secP160k1
1.3.132.0.10 secP256k1
1.3.132.0.30 secP160r2
1.3.132.0.31 secP192k1
1.3.132.0.32 secP224k1
1.3.132.0.33 nistP224
1.3.132.0.34 ECDSA_P384
1.3.132.0.35 ECDSA_P521
1.3.132.1.11.1 ECDH_STD_SHA256_KDF
1.3.132.1.11.2 ECDH_STD_SHA384_KDF
1.3.133.16.840.63.0.2 ECDH_STD_SHA1_KDF
2.5.4.3 CN
2.5.4.4 SN
2.5.4.5 SERIALNUMBER
2.5.4.6 C
2.5.4.7 L
2.5.4.8 S
2.5.4.9 STREET
2.5.4.10 O
2.5.4.11 OU
2.5.4.12 T
2.5.4.13 Description
2.5.4.17 PostalCode
2.5.4.18 POBox
2.5.4.20 Phone
2.5.4.24 X21Address
2.5.4.42 G
2.5.4.43 I
2.5.4.46 dnQualifier
2.16.840.1.101.2.1.1.19 mosaicUpdatedSig
2.16.840.1.101.2.1.1.20 mosaicKMandUpdSig
2.16.840.1.101.3.4.1.2 aes128
2.16.840.1.101.3.4.1.5 aes128wrap
2.16.840.1.101.3.4.1.22 aes192
2.16.840.1.101.3.4.1.25 aes192wrap
2.16.840.1.101.3.4.1.42 aes256
2.16.840.1.101.3.4.1.45 aes256wrap
2.16.840.1.101.3.4.2.1 sha256
2.16.840.1.101.3.4.2.2 sha384
2.16.840.1.101.3.4.2.3 sha512
2.23.43.1.4.9 wtls9
2.23.133.2.1 TPMManufacturer
2.23.133.2.2 TPMModel
2.23.133.2.3 TPMVersion
"""

_FRIENDLY_NAMES = dict(line.split(" ", 1) for line in _DOTNET_NAMES.splitlines())


@frozen
class Oid:
    """An object identifier as .NET's ``Oid`` shows it; `friendly_name` None where .NET knows none."""

    value: str
    friendly_name: str | None

    @classmethod
    def of(cls, value: str) -> Oid:
        return cls(value, friendly_name(value))


def friendly_name(oid: str) -> str | None:
    """What ``new Oid(value).FriendlyName`` gives."""
    return _FRIENDLY_NAMES.get(oid) or oid_names.long_name(oid)


def of_name(name: str) -> str | None:
    """The object identifier in ``new Oid(name).Value``: .NET's names without regard to case, OpenSSL's as written.

    Where several have the name, the one that .NET gives it to counts: the others are there for reading only.
    """
    wanted = name.lower()
    for oid, own in _FRIENDLY_NAMES.items():
        if own.lower() == wanted and oid not in _READ_ONLY.split():
            return oid
    return _MORE_NAMES.get(wanted) or oid_names.of_name(name)


_READ_ONLY = (
    "1.2.840.113549.1.3.1 1.3.14.3.2.2 1.3.14.3.2.3 1.3.14.3.2.4 1.3.14.3.2.12 1.3.14.3.2.13 1.3.14.3.2.15 "
    "1.3.14.3.2.18 1.3.14.3.2.22 1.3.14.3.2.29 1.3.14.7.2.3.1"
)
"""Identifiers whose name stands for another one when it is looked up."""
_MORE_NAMES = {
    name: oid
    for oid, names in (
        ("1.2.840.10045.3.1.7", "nistp256 secp256r1 x962p256v1 ecdh_p256"),
        ("1.3.132.0.34", "nistp384 secp384r1 ecdh_p384"),
        ("1.3.132.0.35", "nistp521 secp521r1 ecdh_p521"),
        ("2.5.4.8", "st"),
    )
    for name in names.split()
}

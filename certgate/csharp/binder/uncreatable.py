"""Classes of .NET that ``new`` cannot make: abstract ones, and those that have no public constructor.

Knows names only: for types whose declaration, or lack of one, does not say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

_ABSTRACT = {
    "System": "Array Attribute Delegate Enum FormattableString MarshalByRefObject MulticastDelegate StringComparer "
    "TimeZone Type ValueType",
    "System.Collections": "CollectionBase",
    "System.Collections.Generic": "Comparer EqualityComparer",
    "System.Globalization": "Calendar",
    "System.IO": "Stream TextReader TextWriter",
    "System.Linq.Expressions": "Expression LambdaExpression",
    "System.Security.Cryptography": "Aes AsymmetricAlgorithm DES DSA ECDsa HMAC HashAlgorithm KeyedHashAlgorithm MD5 "
    "RC2 RSA RandomNumberGenerator Rijndael SHA1 SHA256 SHA384 SHA512 SymmetricAlgorithm TripleDES",
    "System.Text": "Decoder DecoderFallback Encoder EncoderFallback Encoding EncodingProvider",
    "System.Threading": "WaitHandle",
    "System.Xml": "XmlCharacterData XmlLinkedNode XmlNode XmlNodeList XmlReader XmlResolver XmlWriter",
    "System.Xml.Linq": "XContainer XNode XObject",
    "Newtonsoft.Json": "JsonConverter JsonReader JsonWriter JsonNameTable",
    "Newtonsoft.Json.Linq": "JContainer JToken",
}
_CLOSED = {
    "System": "CharEnumerator DBNull TimeZoneInfo TimeZoneInfo.AdjustmentRule",
    "System.Globalization": "CompareInfo SortKey TextElementEnumerator TextInfo",
    "System.Security.Cryptography": "RSAEncryptionPadding RSASignaturePadding",
    "System.Text": "EncodingInfo",
    "System.Text.RegularExpressions": "Capture CaptureCollection Group GroupCollection Match MatchCollection",
    "System.Xml": "XmlAttributeCollection",
    "System.Xml.Linq": "XName XNamespace",
}


def _named(table: dict[str, str], kind: NetType) -> bool:
    full_name = kind.definition.full_name if kind.definition is not None else ""
    return any(
        full_name.startswith(f"{space}.") and full_name[len(space) + 1 :] in names.split()
        for space, names in table.items()
    )


def is_abstract(kind: NetType) -> bool:
    """Whether the class is abstract."""
    return (kind.definition is not None and kind.definition.abstract) or _named(_ABSTRACT, kind)


def is_closed(kind: NetType) -> bool:
    """Whether the class is known to have no public constructor."""
    return _named(_CLOSED, kind)

"""``System.Convert`` itself, and TypeCode."""

from __future__ import annotations

from certgate.csharp.types import define, define_enum

CONVERT = define(
    "System.Convert",
    kind="static",
    allowed=True,
    known="ChangeType DBNull FromBase64CharArray FromBase64String FromHexString GetTypeCode IsDBNull ToBase64CharArray "
    "ToBase64String ToBoolean ToByte ToChar ToDateTime ToDecimal ToDouble ToHexString "
    "ToHexStringLower ToInt16 ToInt32 ToInt64 "
    "ToSByte ToSingle ToString ToUInt16 ToUInt32 ToUInt64 TryFromBase64Chars TryFromBase64String "
    "TryToBase64Chars TryToHexString",
)
TYPE_CODE = define_enum(
    "System.TypeCode",
    {
        "Empty": 0,
        "Object": 1,
        "DBNull": 2,
        "Boolean": 3,
        "Char": 4,
        "SByte": 5,
        "Byte": 6,
        "Int16": 7,
        "UInt16": 8,
        "Int32": 9,
        "UInt32": 10,
        "Int64": 11,
        "UInt64": 12,
        "Single": 13,
        "Double": 14,
        "Decimal": 15,
        "DateTime": 16,
        "String": 18,
    },
)
BASE64_OPTIONS = define_enum("System.Base64FormattingOptions", {"None": 0, "InsertLineBreaks": 1}, flags=True)

KEYWORDS = {
    "Boolean": "bool",
    "Char": "char",
    "SByte": "sbyte",
    "Byte": "byte",
    "Int16": "short",
    "UInt16": "ushort",
    "Int32": "int",
    "UInt32": "uint",
    "Int64": "long",
    "UInt64": "ulong",
    "Single": "float",
    "Double": "double",
    "Decimal": "decimal",
    "DateTime": "System.DateTime",
    "String": "string",
}
"""The types that Convert converts between: .NET name -> C# name."""

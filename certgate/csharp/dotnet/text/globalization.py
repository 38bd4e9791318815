"""The names of ``System.Globalization`` that expressions pass on: cultures and styles. The gateway refuses them all.

Only the invariant culture exists here, under every name.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from certgate.csharp.types import define, define_enum
from certgate.csharp.values import EnumValue, NetObject, enum_value

CULTURE = define(
    "System.Globalization.CultureInfo",
    bases=("IFormatProvider", "ICloneable"),
    known="Calendar ClearCachedData Clone CompareInfo CreateSpecificCulture CultureTypes "
    "CurrentCulture CurrentUICulture "
    "DateTimeFormat DefaultThreadCurrentCulture DefaultThreadCurrentUICulture DisplayName "
    "EnglishName Equals GetConsoleFallbackUICulture "
    "GetCultureInfo GetCultures GetFormat GetHashCode GetType IetfLanguageTag InstalledUICulture "
    "InvariantCulture IsNeutralCulture "
    "IsReadOnly KeyboardLayoutId LCID Name NativeName NumberFormat OptionalCalendars Parent ReadOnly TextInfo "
    "ThreeLetterISOLanguageName ThreeLetterWindowsLanguageName ToString TwoLetterISOLanguageName UseUserOverride",
)
COMPARE_OPTIONS = define_enum(
    "System.Globalization.CompareOptions",
    {
        "None": 0,
        "IgnoreCase": 1,
        "IgnoreNonSpace": 2,
        "IgnoreSymbols": 4,
        "OrdinalIgnoreCase": 1 << 28,
        "Ordinal": 1 << 30,
    },
    flags=True,
)
NUMBER_STYLES = define_enum(
    "System.Globalization.NumberStyles",
    {
        "None": 0,
        "AllowLeadingWhite": 1,
        "AllowTrailingWhite": 2,
        "AllowLeadingSign": 4,
        "Integer": 7,
        "AllowTrailingSign": 8,
        "AllowParentheses": 16,
        "AllowDecimalPoint": 32,
        "AllowThousands": 64,
        "Number": 111,
        "AllowExponent": 128,
        "Float": 167,
        "AllowCurrencySymbol": 256,
        "Currency": 383,
        "Any": 511,
        "AllowHexSpecifier": 512,
        "HexNumber": 515,
        "AllowBinarySpecifier": 1024,
        "BinaryNumber": 1027,
    },
    flags=True,
)
DATE_STYLES = define_enum(
    "System.Globalization.DateTimeStyles",
    {
        "None": 0,
        "AllowLeadingWhite": 1,
        "AllowTrailingWhite": 2,
        "AllowInnerWhite": 4,
        "AllowWhiteSpaces": 7,
        "NoCurrentDateDefault": 8,
        "AdjustToUniversal": 16,
        "AssumeLocal": 32,
        "AssumeUniversal": 64,
        "RoundtripKind": 128,
    },
    flags=True,
)
TIMESPAN_STYLES = define_enum("System.Globalization.TimeSpanStyles", {"None": 0, "AssumeNegative": 1}, flags=True)

_CATEGORIES = (
    "Lu:UppercaseLetter Ll:LowercaseLetter Lt:TitlecaseLetter Lm:ModifierLetter Lo:OtherLetter Mn:NonSpacingMark "
    "Mc:SpacingCombiningMark Me:EnclosingMark Nd:DecimalDigitNumber Nl:LetterNumber No:OtherNumber Zs:SpaceSeparator "
    "Zl:LineSeparator Zp:ParagraphSeparator Cc:Control Cf:Format Cs:Surrogate Co:PrivateUse Pc:ConnectorPunctuation "
    "Pd:DashPunctuation Ps:OpenPunctuation Pe:ClosePunctuation Pi:InitialQuotePunctuation Pf:FinalQuotePunctuation "
    "Po:OtherPunctuation Sm:MathSymbol Sc:CurrencySymbol Sk:ModifierSymbol So:OtherSymbol Cn:OtherNotAssigned"
)
_CATEGORY_NAMES = dict(part.split(":") for part in _CATEGORIES.split())
UNICODE_CATEGORY = define_enum(
    "System.Globalization.UnicodeCategory", {name: number for number, name in enumerate(_CATEGORY_NAMES.values())}
)
CHAR_INFO = define(
    "System.Globalization.CharUnicodeInfo",
    kind="static",
    known="GetDecimalDigitValue GetDigitValue GetNumericValue GetUnicodeCategory",
)


class Culture(NetObject):
    """The invariant culture."""

    __slots__ = ()

    net_type = CULTURE.type

    def to_text(self) -> str:
        return ""

    def net_equals(self, other: object) -> bool:
        return isinstance(other, Culture)


INVARIANT = Culture()


@CULTURE.property("static CultureInfo InvariantCulture")
def invariant_culture() -> Culture:
    return INVARIANT


@CULTURE.property("static CultureInfo CurrentCulture")
def current_culture() -> Culture:
    return INVARIANT


@CULTURE.property("static CultureInfo CurrentUICulture")
def current_ui_culture() -> Culture:
    return INVARIANT


@CULTURE.property("string Name")
def culture_name(self: Culture) -> str:
    return ""


def unicode_category(char: str) -> EnumValue:
    """The UnicodeCategory of a code unit."""
    return enum_value(UNICODE_CATEGORY, _CATEGORY_NAMES[unicodedata.category(char)])


@CHAR_INFO.method("static System.Globalization.UnicodeCategory GetUnicodeCategory(char ch)")
def get_unicode_category(char: str) -> Any:
    return unicode_category(char)

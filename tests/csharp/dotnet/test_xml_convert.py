"""``XmlConvert``: values as XML Schema spells them, names that hold anything."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any

import pytest

from certgate.csharp.values import text_of
from tests.csharp.dotnet.evaluation import run, thrown

UTC = "new DateTime(2026, 3, 1, 10, 20, 30, DateTimeKind.Utc)"
ROUND = "XmlDateTimeSerializationMode.RoundtripKind"


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("ToString(true)", "true"),
        ("ToString('x')", "x"),
        ("ToString(1.50m)", "1.50"),
        ("ToString(-0.0)", "-0"),
        ("ToString(double.NegativeInfinity)", "-INF"),
        ("ToString(double.NaN)", "NaN"),
        ("ToString(1e21)", "1E+21"),
        ("ToString(new TimeSpan(1, 2, 3, 4))", "P1DT2H3M4S"),
        ("ToString(TimeSpan.FromMinutes(-90))", "-PT1H30M"),
        ("ToString(TimeSpan.FromTicks(1))", "PT0.0000001S"),
        ("ToString(TimeSpan.FromDays(2))", "P2D"),
        (f"ToString({UTC}, {ROUND})", "2026-03-01T10:20:30Z"),
        (f"ToString({UTC}, XmlDateTimeSerializationMode.Unspecified)", "2026-03-01T10:20:30"),
        ("ToString(new DateTime(2026, 3, 1), XmlDateTimeSerializationMode.Utc)", "2026-03-01T00:00:00Z"),
        (f'ToString({UTC}, "yyyy")', "2026"),
        ("ToString(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero))", "2026-03-01T00:00:00Z"),
        ('ToBoolean(" 1\\n")', True),
        ('ToInt32(" -7 ")', -7),
        ('ToByte("255") + 0', 255),
        ('ToDouble("-INF") == double.NegativeInfinity', True),
        ('ToSingle("1.5") + 0', 1.5),
        ('ToChar("x").ToString()', "x"),
        ('ToTimeSpan("P1DT2H3M4.5S").ToString()', "1.02:03:04.5000000"),
        ('ToTimeSpan("-PT0.0000001S").Ticks == -1', True),
        ('ToGuid("00000000000000000000000000000001").ToString("D")', "00000000-0000-0000-0000-000000000001"),
        (f'ToDateTime("2026-03-01T10:20:30Z", {ROUND}).Kind.ToString()', "Utc"),
        (f'ToDateTime("2026-03-01T24:00:00", {ROUND}).ToString("s")', "2026-03-02T00:00:00"),
        (f'ToDateTime("2026-03-01T10:20:30.12345675", {ROUND}).ToString("o")', "2026-03-01T10:20:30.1234568"),
        (f'ToDateTime("2026-03", {ROUND}).ToString("s")', "2026-03-01T00:00:00"),
        ('ToDateTimeOffset("2026-03-01T10:20:30+02:00").Offset.Hours', 2),
        ('ToDateTime("2026-03-01T10:20:30Z").Kind.ToString()', "Local"),
        ('ToDateTime(" 01.03.2026 ", "dd.MM.yyyy").ToString("s")', "2026-03-01T00:00:00"),
        ('ToDateTime("2026", new[] { "MM", "yyyy" }).Year', 2026),
        ('ToDateTimeOffset("2026-03-01 +02:00", "yyyy-MM-dd zzz").Offset.Hours', 2),
        ('EncodeName("Order Details")', "Order_x0020_Details"),
        ('EncodeName("1a:b")', "_x0031_a:b"),
        ('EncodeLocalName("a:b")', "a_x003A_b"),
        ('EncodeNmToken("1a b")', "1a_x0020_b"),
        ('EncodeName("a_x0020_b")', "a_x005F_x0020_b"),
        ('EncodeName("")', ""),
        ('EncodeName("\\ud83d\\ude00")', "_x0001F600_"),
        ('DecodeName("Order_x0020_Details_x0001F600_")', "Order Details\ud83d\ude00"),
        ('DecodeName("a_x00_b")', "a_x00_b"),
        ('VerifyName("a:b")', "a:b"),
        ('VerifyNMTOKEN("1a")', "1a"),
        ('VerifyXmlChars("a\\tb")', "a\tb"),
        ('VerifyWhitespace(" \\n")', " \n"),
        ("IsNCNameChar('-') && !XmlConvert.IsStartNCNameChar('-') && XmlConvert.IsXmlChar('\\n')", True),
        ("IsXmlSurrogatePair('\\ude00', '\\ud83d') && !XmlConvert.IsPublicIdChar('<')", True),
    ],
)
def test_conversions(call: str, value: Any) -> None:
    """Values become texts and texts become values, as XML Schema has them."""
    found = run(f"XmlConvert.{call}")
    assert (found if isinstance(found, (bool, int, float, str)) else text_of(found)) == value


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        ('ToBoolean("True")', "System.FormatException", "The string 'True' is not a valid Boolean value."),
        ('ToInt32("")', "System.FormatException", "The input string '' was not in a correct format."),
        ('ToInt32("1,000")', "System.FormatException", "The input string '1,000' was not in a correct format."),
        ('ToByte("256")', "System.OverflowException", "Value was either too large or too small for an unsigned byte."),
        ("ToInt32(null)", "System.ArgumentNullException", "Value cannot be null. (Parameter 's')"),
        ("ToBoolean(null)", "System.NullReferenceException", None),
        ('ToTimeSpan("P")', "System.FormatException", "The string 'P' is not a valid TimeSpan value."),
        ('ToTimeSpan("PT")', "System.FormatException", "The string 'PT' is not a valid TimeSpan value."),
        ('ToChar("ab")', "System.FormatException", "String must be exactly one character long."),
        (f'ToDateTime("x", {ROUND})', "System.FormatException", "The string 'x' is not a valid AllXsd value."),
        (
            f'ToDateTime("2026-02-30", {ROUND})',
            "System.FormatException",
            "The string '2026-02-30' is not a valid AllXsd value.",
        ),
        (
            'VerifyName("1a")',
            "System.Xml.XmlException",
            "Name cannot begin with the '1' character, hexadecimal value 0x31.",
        ),
        (
            'VerifyNCName("a:b")',
            "System.Xml.XmlException",
            "The ':' character, hexadecimal value 0x3A, cannot be included in a name.",
        ),
        (
            'VerifyName("")',
            "System.ArgumentNullException",
            "The empty string '' is not a valid name. (Parameter 'name')",
        ),
        (
            'VerifyXmlChars("\\u0001")',
            "System.Xml.XmlException",
            "'\x01', hexadecimal value 0x01, is an invalid character.",
        ),
    ],
)
def test_faults(call: str, kind: str, message: str | None) -> None:
    """What is no value of the type is refused in .NET's words."""
    found = thrown(f"XmlConvert.{call}")
    assert found[0] == kind
    assert message is None or found[1] == message


def test_local_times_are_those_of_the_gateway() -> None:
    """A text that names an offset becomes local time where the kind is kept."""
    zone = timezone(timedelta(hours=2))
    text = f'XmlConvert.ToDateTime("2026-03-01T10:00:00-01:00", {ROUND}).ToString("s")'
    assert run(text, zone=zone) == "2026-03-01T13:00:00"

"""Streams, readers and writers, and paths."""

from __future__ import annotations

import pytest

from tests.csharp.dotnet.evaluation import run, thrown
from tests.csharp.dotnet.programs import block, block_throws

_BYTES = "return BitConverter.ToString(ms.ToArray());"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            f"var ms = new MemoryStream(); ms.WriteByte(1); ms.Write(new byte[] {{ 2, 3, 4 }}, 1, 2); {_BYTES}",
            "01-03-04",
        ),
        (
            "var ms = new MemoryStream(new byte[] { 1, 2, 3 }); ms.Seek(-2, SeekOrigin.End); "
            'return ms.ReadByte() + "," + ms.Position + "," + ms.Length;',
            "2,2,3",
        ),
        (f"var ms = new MemoryStream(); ms.SetLength(2); ms.Position = 3; ms.WriteByte(9); {_BYTES}", "00-00-00-09"),
        ("var ms = new MemoryStream(); ms.Dispose(); return ms.ToArray().Length;", 0),
        ("var ms = new MemoryStream(new byte[1], false); return ms.CanWrite;", False),
        (f"var ms = new MemoryStream(); new MemoryStream(new byte[] {{ 1, 2 }}).CopyTo(ms); {_BYTES}", "01-02"),
        ("var ms = new MemoryStream(); ms.WriteByte(1); return ms.Capacity;", 256),
        (f'var ms = new MemoryStream(); using (var w = new StreamWriter(ms)) w.Write("é"); {_BYTES}', "C3-A9"),
        (
            "var ms = new MemoryStream(); var w = new StreamWriter(ms, Encoding.UTF8); "
            f'w.Write("a"); w.Flush(); {_BYTES}',
            "EF-BB-BF-61",
        ),
        ('var ms = new MemoryStream(); new StreamWriter(ms).Write("a"); return ms.Length;', 0),
        (
            "var r = new StreamReader(new MemoryStream(new byte[] { 0xEF, 0xBB, 0xBF, 65, 10, 66 })); "
            'return r.ReadLine() + "|" + r.ReadToEnd() + r.EndOfStream;',
            "A|BTrue",
        ),
        (
            'var ms = new MemoryStream(); var w = new BinaryWriter(ms); w.Write(258); w.Write("hé"); w.Write(1.5); '
            "ms.Position = 0; var r = new BinaryReader(ms); return r.ReadInt32() + r.ReadString() + r.ReadDouble();",
            "258hé1.5",
        ),
        (
            'var r = new StringReader("a\\r\\nb\\rc"); return r.ReadLine() + r.ReadLine() + r.Read() + r.Peek();',
            "ab99-1",
        ),
        (
            'var w = new StringWriter(); w.Write("a{0}", 1); w.WriteLine(true); w.Write(1.5m); return w.ToString();',
            "a1True\n1.5",
        ),
        ('var w = new StringWriter(); w.NewLine = "|"; w.WriteLine("a"); return w.ToString();', "a|"),
        ('var b = new StringBuilder("x"); new StringWriter(b).Write("y"); return b.ToString();', "xy"),
    ],
)
def test_streams(text: str, value: object) -> None:
    """Bytes and text go in and come out."""
    assert block(text) == value


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "new MemoryStream(new byte[2]).Write(new byte[3], 0, 3); return 1;",
            ("System.NotSupportedException", "Memory stream is not expandable."),
        ),
        (
            "new MemoryStream(new byte[2], false).WriteByte(1); return 1;",
            ("System.NotSupportedException", "Stream does not support writing."),
        ),
        (
            "var ms = new MemoryStream(); ms.Dispose(); ms.WriteByte(1); return 1;",
            ("System.ObjectDisposedException", "Cannot access a closed Stream."),
        ),
        (
            "new MemoryStream().Seek(-1, SeekOrigin.Begin); return 1;",
            (
                "System.IO.IOException",
                "An attempt was made to move the position before the beginning of the stream.",
            ),
        ),
        (
            "return new BinaryReader(new MemoryStream(new byte[2])).ReadInt32();",
            ("System.IO.EndOfStreamException", "Unable to read beyond the end of the stream."),
        ),
        (
            'var r = new StringReader("a"); r.Dispose(); return r.Peek();',
            ("System.ObjectDisposedException", "Cannot read from a closed TextReader."),
        ),
        (
            'var w = new StringWriter(); w.Close(); w.Write("a"); return 1;',
            ("System.ObjectDisposedException", "Cannot write to a closed TextWriter."),
        ),
    ],
)
def test_stream_errors(text: str, error: tuple[str, str]) -> None:
    """Exceptions carry .NET's texts."""
    assert block_throws(text) == error


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('GetExtension("a/b.tar.gz")', ".gz"),
        ('GetExtension("a.b/c")', ""),
        ('GetFileName("/a/b.txt")', "b.txt"),
        ('GetFileNameWithoutExtension("a/b.txt")', "b"),
        ('GetDirectoryName("/a//b/c.txt")', "/a/b"),
        ('GetDirectoryName("/")', None),
        ('GetDirectoryName("a")', ""),
        ('Combine("a", "", "/b", "c")', "/b/c"),
        ('Combine("a/", "b")', "a/b"),
        ('Join("a", "/b")', "a/b"),
        ('ChangeExtension("a.txt", "md")', "a.md"),
        ('ChangeExtension("a.txt", null)', "a"),
        ('GetFullPath("/a/./b/../c")', "/a/c"),
        ('HasExtension("a.")', False),
        ('IsPathRooted("/a")', True),
        ('GetPathRoot("a/b")', ""),
    ],
)
def test_paths(text: str, value: object) -> None:
    """Pure functions of text, as on Linux."""
    assert run(f"Path.{text}") == value


def test_path_errors() -> None:
    """Null parts are named."""
    assert thrown('Path.Combine("a", null)') == (
        "System.ArgumentNullException",
        "Value cannot be null. (Parameter 'path2')",
    )

"""``System.IO.Path`` on Linux, as far as it looks at text only; the gateway refuses it."""

from __future__ import annotations

from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import define
from certgate.csharp.values import Char, NetArray, array

PATH = define(
    "System.IO.Path",
    kind="static",
    known="AltDirectorySeparatorChar ChangeExtension Combine DirectorySeparatorChar EndsInDirectorySeparator Exists "
    "GetDirectoryName GetExtension GetFileName GetFileNameWithoutExtension GetFullPath GetInvalidFileNameChars "
    "GetInvalidPathChars GetPathRoot GetRandomFileName GetRelativePath GetTempFileName GetTempPath HasExtension "
    "InvalidPathChars IsPathFullyQualified IsPathRooted Join PathSeparator TrimEndingDirectorySeparator TryJoin "
    "VolumeSeparatorChar",
)
for _name, _char in (
    ("DirectorySeparatorChar", "/"),
    ("AltDirectorySeparatorChar", "/"),
    ("VolumeSeparatorChar", "/"),
    ("PathSeparator", ":"),
):
    PATH.field(f"static readonly char {_name}")(lambda char=_char: Char(char))


@PATH.method("static string GetFileName(string path)")
def get_file_name(path: str | None) -> str | None:
    return None if path is None else path[path.rfind("/") + 1 :]


@PATH.method("static string GetExtension(string path)")
def get_extension(path: str | None) -> str | None:
    """With its dot; none where the dot ends the path."""
    if path is None:
        return None
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    return name[dot:] if 0 <= dot < len(name) - 1 else ""


@PATH.method("static bool HasExtension(string path)")
def has_extension(path: str | None) -> bool:
    return bool(get_extension(path))


@PATH.method("static string GetFileNameWithoutExtension(string path)")
def get_file_name_without_extension(path: str | None) -> str | None:
    name = get_file_name(path)
    if name is None:
        return None
    dot = name.rfind(".")
    return name if dot < 0 else name[:dot]


@PATH.method("static string ChangeExtension(string path, string extension)")
def change_extension(path: str | None, extension: str | None) -> str | None:
    if not path:
        return path
    name_at = path.rfind("/") + 1
    dot = path.rfind(".", name_at)
    stem = path if dot < 0 else path[:dot]
    if extension is None:
        return stem
    return stem + extension if extension.startswith(".") else f"{stem}.{extension}"


@PATH.method("static string GetDirectoryName(string path)")
def get_directory_name(path: str | None) -> str | None:
    """Null for a root and for no path; several separators in a row count as one."""
    if not path:
        return None
    root = 1 if path.startswith("/") else 0
    end = len(path)
    if end <= root:
        return None
    while end > root and path[end - 1] != "/":
        end -= 1
    while end > root and path[end - 1] == "/":
        end -= 1
    return _single_separators(path[:end])


def _single_separators(path: str) -> str:
    while "//" in path:
        path = path.replace("//", "/")
    return path


@PATH.method("static string GetPathRoot(string path)")
def get_path_root(path: str | None) -> str | None:
    if not path:
        return None
    return "/" if path.startswith("/") else ""


@PATH.method("static bool IsPathRooted(string path)")
def is_path_rooted(path: str | None) -> bool:
    return bool(path) and path.startswith("/")  # type: ignore[union-attr]


@PATH.method("static bool IsPathFullyQualified(string path)")
def is_path_fully_qualified(path: str | None) -> bool:
    if path is None:
        raise faults.argument_null("path")
    return path.startswith("/")


@PATH.method("static bool EndsInDirectorySeparator(string path)")
def ends_in_directory_separator(path: str | None) -> bool:
    return bool(path) and path.endswith("/")  # type: ignore[union-attr]


@PATH.method("static string TrimEndingDirectorySeparator(string path)")
def trim_ending_directory_separator(path: str | None) -> str | None:
    return path[:-1] if path is not None and len(path) > 1 and path.endswith("/") else path


def _combine(parts: tuple[Any, ...], names: tuple[str, ...]) -> str:
    for part, name in zip(parts, names, strict=True):
        if part is None:
            raise faults.argument_null(name)
    result = ""
    for part in parts:
        if not part:
            continue
        result = part if part.startswith("/") or not result else _joined(result, part)
    charge_size(len(result))
    return result


def _joined(left: str, right: str) -> str:
    return left + right if left.endswith("/") or right.startswith("/") else f"{left}/{right}"


def _join(*parts: str | None) -> str:
    result = ""
    for part in parts:
        if part:
            result = _joined(result, part) if result else part
    charge_size(len(result))
    return result


for _count in (2, 3, 4):
    _names = tuple(f"path{number}" for number in range(1, _count + 1))
    _parameters = ", ".join(f"string {name}" for name in _names)
    PATH.method(f"static string Combine({_parameters})")(lambda *parts, names=_names: _combine(parts, names))
    PATH.method(f"static string Join({_parameters})")(_join)


@PATH.method("static string Combine(params string[] paths)")
def combine_all(paths: NetArray | None) -> str:
    if paths is None:
        raise faults.argument_null("paths")
    return _combine(tuple(paths), ("paths",) * len(paths))


@PATH.method("static string Join(params string[] paths)")
def join_all(paths: NetArray | None) -> str:
    if paths is None:
        raise faults.argument_null("paths")
    return _join(*paths)


@PATH.method("static string GetFullPath(string path)")
def get_full_path(path: str | None) -> str:
    """Of a rooted path: others depend on where the gateway runs."""
    from certgate.csharp.runtime import UnsupportedReached

    if path is None:
        raise faults.argument_null("path")
    if not path:
        raise faults.argument("The path is empty.", "path")
    if "\0" in path:
        raise faults.argument("Null character in path.", "path")
    if not path.startswith("/"):
        raise UnsupportedReached("the current directory is not simulated")
    return _resolved(path)


def _resolved(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/"):
        if part == ".." and kept:
            kept.pop()
        elif part not in ("", ".", ".."):
            kept.append(part)
    ending = "/" if kept and (path.endswith(("/", "/.", "/.."))) else ""
    return f"/{'/'.join(kept)}{ending}"


@PATH.method("static string GetFullPath(string path, string basePath)")
def get_full_path_from(path: str | None, base: str | None) -> str:
    if path is None:
        raise faults.argument_null("path")
    if base is None:
        raise faults.argument_null("basePath")
    if not base.startswith("/"):
        raise faults.argument("Basepath argument is not fully qualified.", "basePath")
    if "\0" in path or "\0" in base:
        raise faults.argument("Null character in path.")
    return _resolved(path if path.startswith("/") else _combine((base, path), ("path1", "path2")))


@PATH.method("static char[] GetInvalidFileNameChars()")
def get_invalid_file_name_chars() -> NetArray:
    return array(types.CHAR, map(Char, "\0/"))


@PATH.method("static char[] GetInvalidPathChars()")
def get_invalid_path_chars() -> NetArray:
    return array(types.CHAR, [Char("\0")])


PATH.signatures(
    "static string GetRelativePath(string relativeTo, string path)",
    "static string GetTempPath()",
    "static string GetTempFileName()",
    "static string GetRandomFileName()",
    "static bool Exists(string path)",
)

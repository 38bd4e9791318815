"""The trust store: roots, intermediates, revocation lists and uploaded certificates, as values and as a folder.

Knows what is in it and from which file; whether any of it is to be believed is decided when a chain is built. The
folder is looked after in :mod:`certgate.pki.stores.store`.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from certgate.core.errors import InputError, PasswordError
from certgate.core.finding import Finding
from certgate.core.source import Place, Source
from certgate.core.value import field, frozen, replace, slotted
from certgate.pki.files.containers import announced, is_binary, kind_of
from certgate.pki.files.kinds import Kind
from certgate.pki.files.load import load, load_all
from certgate.pki.stores.rotation import Rotation, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from certgate.pki.certificate import Certificate

T = TypeVar("T")

MAX_FILES = 5_000
"""SECURITY: the most files that are read of one folder."""


class Part(StrEnum):
    """What an entry of a store is; `folder` is where it lies."""

    ROOT = "root"
    INTERMEDIATE = "intermediate"
    CERTIFICATE = "certificate"
    CRL = "crl"

    @property
    def folder(self) -> str:
        return f"{self.value}s"

    @property
    def suffixes(self) -> tuple[str, ...]:
        match self:
            case Part.CRL:
                return (".crl", ".pem")
            case Part.CERTIFICATE:
                return (".cer", ".pem", ".pfx", ".crt", ".der", ".p12")
            case _:
                return (".cer", ".pem", ".crt", ".der")


@frozen
class StoredCrl:
    """A revocation list as it was given, DER, and the file it came from."""

    der: bytes = field(repr=False)
    source: str = ""


C = TypeVar("C", "Certificate", StoredCrl)


@frozen
class TrustStore:
    """What a gateway knows: CA certificates in its two stores, revocation lists, uploaded certificates by id.

    A certificate's `source` names the file it came from. Revocation lists may be given as DER or PEM bytes, and are
    kept as :class:`StoredCrl`. An uploaded certificate that Key Vault renewed may be given as a :class:`Rotation`; the
    new version then stands among the `certificates`.
    """

    roots: tuple[Certificate, ...]
    intermediates: tuple[Certificate, ...]
    crls: tuple[StoredCrl, ...]
    certificates: Mapping[str, Certificate] = field(hash=False)
    system_roots: bool
    notes: tuple[str, ...] = field(compare=False)
    """What was left out while a folder was read, and why."""
    rotations: Mapping[str, Rotation] = field(hash=False)
    """Those of the uploaded certificates that have an older version, by id."""

    def __init__(
        self,
        roots: Iterable[Certificate] = (),
        intermediates: Iterable[Certificate] = (),
        crls: Iterable[StoredCrl | bytes] = (),
        certificates: Mapping[str, Certificate | Rotation] | None = None,
        system_roots: bool = False,
        notes: Iterable[str] = (),
        rotations: Mapping[str, Rotation] | None = None,
    ) -> None:
        uploaded = {**(certificates or {}), **(rotations or {})}
        newest = {name: each.new if isinstance(each, Rotation) else each for name, each in uploaded.items()}
        renewed = {name: each for name, each in uploaded.items() if isinstance(each, Rotation)}
        members = {
            "roots": _by_file(roots),
            "intermediates": _by_file(intermediates),
            "crls": _by_file(one for given in crls for one in _stored(given)),
            "certificates": MappingProxyType(newest),
            "system_roots": system_roots,
            "notes": tuple(notes),
            "rotations": MappingProxyType(renewed),
        }
        for name, value in members.items():
            object.__setattr__(self, name, value)

    @classmethod
    def load(
        cls, folder: str | Path, passwords: Mapping[str, str] | None = None, *, password: str | None = None
    ) -> TrustStore:
        """Read a folder; `passwords` opens uploaded PFX files by their id, `password` all others.

        Raises InputError ``store-missing``, ``store-is-file``, and all that is wrong with the files, together.
        """
        root = Path(folder)
        if not root.is_dir():
            missing = not root.exists()
            raise InputError(
                "no such trust store" if missing else "is a file; a trust store is a folder",
                code="store-missing" if missing else "store-is-file",
                place=Place(str(folder)),
                hint="a trust store is a folder with roots, intermediates, certificates and crls in it",
            )
        return _Folder(root, passwords or {}, password).read()

    def merged(self, other: TrustStore) -> TrustStore:
        """Both stores as one; of two certificates with the same id the other store's stays."""
        return TrustStore(
            self.roots + other.roots,
            self.intermediates + other.intermediates,
            self.crls + other.crls,
            {**self._uploaded, **other._uploaded},
            self.system_roots or other.system_roots,
            self.notes + other.notes,
        )

    @property
    def _uploaded(self) -> dict[str, Certificate | Rotation]:
        return {**self.certificates, **self.rotations}

    def with_files(
        self,
        *,
        roots: Iterable[Source] = (),
        intermediates: Iterable[Source] = (),
        crls: Iterable[Source] = (),
        certificates: Mapping[str, Certificate | Rotation] | None = None,
    ) -> TrustStore:
        """This store and the contents of single files; every certificate in a file counts.

        Raises InputError with all that is wrong with them, together.
        """
        problems: list[Finding] = []
        added = TrustStore(
            tuple(_read_each(roots, load_all, problems)),
            tuple(_read_each(intermediates, load_all, problems)),
            tuple(_read_each(crls, read_crls, problems)),
            certificates or {},
        )
        if problems:
            raise InputError.of(problems)
        return self.merged(added)


def read_crls(source: Source) -> tuple[StoredCrl, ...]:
    """The revocation lists of a file, DER or PEM; at least one. Raises InputError ``not-a-crl``, ``file-damaged``, …"""
    if is_binary(source.data):
        return (_crl(source.data, source.name, Place(source.name)),)
    # Imported here: the lists of a store are mostly DER.
    from certgate.pki.files import armour

    try:
        text = source.decode()
    except InputError:
        raise _not_a_crl(Kind.OTHER, Place(source.name)) from None
    if armour.BEGIN not in text.text:
        bare = armour.bare(text.text)
        if bare is None:
            raise _not_a_crl(Kind.OTHER, Place(source.name))
        return (_crl(bare, source.name, Place(source.name)),)
    blocks, problems = armour.blocks(text)
    if problems:
        raise InputError.of(problems)
    lists = [block for block in blocks if kind_of(block.data) is Kind.CRL or block.label == "X509 CRL"]
    if not lists:
        raise _not_a_crl(kind_of(blocks[0].data) if blocks else Kind.OTHER, Place(source.name))
    return tuple(_crl(block.data, source.name, block.place) for block in lists)


def _crl(data: bytes, name: str, place: Place) -> StoredCrl:
    from certgate.pki.revocation.crl import RevocationList

    if announced(data) > len(data):
        raise InputError("is a truncated revocation list", code="file-truncated", place=place)
    kind = kind_of(data)
    if kind is not Kind.CRL and kind is not Kind.OTHER:
        raise _not_a_crl(kind, place)
    try:
        RevocationList(data)
    except ValueError as error:
        if kind is Kind.OTHER:
            raise _not_a_crl(kind, place) from None
        raise InputError(f"is a damaged revocation list: {error}", code="file-damaged", place=place) from None
    return StoredCrl(data, name)


def _not_a_crl(kind: Kind, place: Place) -> InputError:
    message = f"holds {kind.text}; a revocation list is expected here"
    return InputError(message, code="not-a-crl", place=place, hint="a .crl file, in DER or PEM")


def _stored(given: StoredCrl | bytes) -> tuple[StoredCrl, ...]:
    return (given,) if isinstance(given, StoredCrl) else read_crls(Source("", given))


def _by_file(items: Iterable[C]) -> tuple[C, ...]:
    """Without what comes twice from one file; the same certificate in two files is for ``store check`` to see."""
    return tuple({(one.der, one.source): one for one in items}.values())


def _read_each(sources: Iterable[Source], read: Callable[[Source], tuple[T, ...]], problems: list[Finding]) -> list[T]:
    found: list[T] = []
    for source in sources:
        try:
            found += read(source)
        except InputError as error:
            problems += error.problems
    return found


@slotted
class _Folder:
    """Reads a store's folder, collecting what is wrong with its files."""

    root: Path
    passwords: Mapping[str, str] = field(repr=False)
    password: str | None = field(repr=False)
    notes: list[str] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)

    def read(self) -> TrustStore:
        store = TrustStore(
            tuple(_read_each(self.sources(Part.ROOT), load_all, self.problems)),
            tuple(_read_each(self.sources(Part.INTERMEDIATE), load_all, self.problems)),
            tuple(_read_each(self.sources(Part.CRL), read_crls, self.problems)),
            self.uploaded(),
        )
        if self.problems:
            raise InputError.of(self.problems)
        return replace(store, notes=tuple(self.notes))

    def files(self, part: Part) -> list[Path]:
        """The files of one part, by name. SECURITY: regular files only, so that no pipe or device is waited for."""
        folder = self.root / part.folder
        if not folder.is_dir():
            return []
        found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        if len(found) > MAX_FILES:
            message = f"holds more than {MAX_FILES:,} files"
            raise InputError(message, code="limit-exceeded", place=Place(str(folder)))
        readable = [path for path in found if path.is_file() and path.suffix.lower() in part.suffixes]
        ignored = [path for path in found if path not in readable and not (part is Part.CERTIFICATE and path.is_dir())]
        known = ", ".join(part.suffixes)
        self.notes += [f"{path} is ignored: {part.folder} are files with {known}" for path in ignored]
        return readable

    def sources(self, part: Part) -> Iterable[Source]:
        for path in self.files(part):
            try:
                yield Source.read(path)
            except InputError as error:
                self.problems += error.problems

    def uploaded(self) -> dict[str, Certificate | Rotation]:
        found: dict[str, Certificate | Rotation] = {}
        files: dict[str, str] = {}
        for source in self.sources(Part.CERTIFICATE):
            identifier = Path(source.name).stem
            if self.free(identifier, source.name, files) and (leaf := self.leaf(source, identifier)) is not None:
                found[identifier] = leaf
        for folder in self.folders():
            if self.free(folder.name, str(folder), files) and (held := self.versions(folder)) is not None:
                found[folder.name] = held
        return found

    def free(self, identifier: str, name: str, files: dict[str, str]) -> bool:
        """Whether no other file has that id; notes that this one has it."""
        other = files.setdefault(identifier, name)
        if other != name:
            message = f"'{identifier}' is the id of another file too: {other}"
            self.problems.append(Finding("id-taken", message, Place(name)))
        return other == name

    def leaf(self, source: Source, identifier: str) -> Certificate | None:
        try:
            return load(source, self.passwords.get(identifier, self.password)).leaf
        except PasswordError as error:
            self.problems.append(Finding(error.code, error.message, error.place, hint=_password_hint(identifier)))
        except InputError as error:
            self.problems += error.problems
        return None

    def folders(self) -> list[Path]:
        """The folders that hold the versions of an uploaded certificate each."""
        folder = self.root / Part.CERTIFICATE.folder
        if not folder.is_dir():
            return []
        return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))

    def versions(self, folder: Path) -> Certificate | Rotation | None:
        """The only version of an uploaded certificate, or both; its id is the name of the folder."""
        files = sorted(
            str(path)
            for path in folder.iterdir()
            if path.suffix.lower() in Part.CERTIFICATE.suffixes and not path.name.startswith(".") and path.is_file()
        )
        if not files:
            self.notes.append(f"{folder} is ignored: no certificate is in it")
            return None
        try:
            if len(files) == 1:
                return self.leaf(Source.read(files[0]), folder.name)
            old, new, at = versions(str(folder), files)
            sources = [Source.read(name) for name in (old, new)]
        except InputError as error:
            self.problems += error.problems
            return None
        leaves = [self.leaf(source, folder.name) for source in sources]
        return Rotation(leaves[0], leaves[1], at) if leaves[0] is not None and leaves[1] is not None else None


def _password_hint(identifier: str) -> str:
    return f'[certificates] in certgate.toml: {identifier} = {{ file = "…", password-env = "NAME" }}'

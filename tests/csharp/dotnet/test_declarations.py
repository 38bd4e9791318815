"""Every declaration can be read: index, signatures, bases, and the lists of known and allowed names."""

from __future__ import annotations

import pytest

from certgate.csharp import types
from certgate.csharp.dotnet import EXTENSIONS, INDEX


def definition(name: str) -> types.TypeDefinition:
    full_name, _, arity = name.partition("`")
    found = types.find(full_name, int(arity or 0))
    assert found is not None, f"{name} is not declared by {INDEX[name]}"
    return found


@pytest.mark.parametrize("name", sorted(INDEX))
def test_signatures(name: str) -> None:
    """The module of a type declares it, and each signature and base of it is well formed."""
    found = definition(name)
    assert found.bases is not None
    for member in found:
        assert member.signature.name == member.name
        member.signature.parameters  # noqa: B018 - reading is the test


@pytest.mark.parametrize("name", sorted(INDEX))
def test_names(name: str) -> None:
    """Members that are declared or allowed are among the names of the real type."""
    found = definition(name)
    if found.known is None:
        return
    operators = {member.name for member in found if member.kind in ("operator", "constructor", "indexer")}
    assert not found.names() - operators - found.known
    if isinstance(found.allowed, frozenset):
        assert not found.allowed - found.known - {".ctor", "Item", found.name}


def test_all_extension_methods_are_listed() -> None:
    """A module is loaded for the names beside it only, so none may be missing."""
    for name in INDEX:
        definition(name)
    listed = {name for names in EXTENSIONS.values() for name in names.split()}
    library = [one for one in types.EXTENSION_CLASSES if one.metadata_name in INDEX]
    assert {member.name for one in library for member in one if "this " in member.text} <= listed


@pytest.mark.parametrize("module", sorted(EXTENSIONS))
def test_extensions(module: str) -> None:
    """The names beside a module of extension methods are those that it declares."""
    from importlib import import_module

    import_module(f"certgate.csharp.dotnet.{module}")
    declared = {member.name for one in types.EXTENSION_CLASSES for member in one if member.signature.parameters}
    assert set(EXTENSIONS[module].split()) <= declared

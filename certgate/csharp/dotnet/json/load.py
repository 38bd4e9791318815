"""Trees from what a reader reads: ``JToken.Parse`` and ``Load``, and the copy that the deserializer makes of a tree."""

from __future__ import annotations

from certgate.core.value import frozen
from certgate.csharp.dotnet.json import faults as json_faults
from certgate.csharp.dotnet.json.containers import (
    ArrayToken,
    ConstructorToken,
    Container,
    ObjectToken,
    PropertyToken,
)
from certgate.csharp.dotnet.json.reading import ENDS, STARTS, JsonReader, ReadOptions, path_of
from certgate.csharp.dotnet.json.text_reader import TextReader
from certgate.csharp.dotnet.json.tokens import Token, ValueToken, null

_NAMES = {"Object": "JObject", "Array": "JArray", "Constructor": "JConstructor", "Property": "JProperty"}
_ARTICLES = {"Object": "an object", "Array": "an array", "Constructor": "a constructor", "Property": "a property"}
_SCALARS = frozenset({"String", "Integer", "Float", "Date", "Boolean", "Bytes"})


@frozen
class LoadOptions:
    """``JsonLoadSettings``. `duplicates`: what happens to a name that comes again."""

    comments: str = ""
    places: bool = True
    duplicates: str = "Replace"


PLAIN = LoadOptions()


def parse(text: str, wanted: str = "", options: ReadOptions | None = None, load: LoadOptions = PLAIN) -> Token:
    """The tree of a text with nothing behind it but comments. `wanted` is ``Object``, ``Array`` … or empty for any."""
    reader = TextReader(text, options or ReadOptions())
    token = read_tree(reader, wanted, load)
    while reader.read():
        pass
    return token


def read_tree(reader: JsonReader, wanted: str, load: LoadOptions = PLAIN) -> Token:
    """``JObject.Load``, ``JToken.ReadFrom`` …"""
    return read_container(reader, wanted, load) if wanted else read_any(reader, load)


def read_container(reader: JsonReader, wanted: str, load: LoadOptions) -> Token:
    name = _NAMES[wanted]
    if reader.kind == "None" and not reader.read():
        raise reader.fail(f"Error reading {name} from JsonReader.")
    reader.skip_comments()
    expected = "PropertyName" if wanted == "Property" else f"Start{wanted}"
    if reader.kind != expected:
        message = f"Error reading {name} from JsonReader. Current JsonReader item is not {_ARTICLES[wanted]}: "
        raise reader.fail(f"{message}{reader.kind}.")
    token = _empty(reader)
    _Filler(reader, token, load).fill(name)
    return token


def read_any(reader: JsonReader, load: LoadOptions) -> Token:
    found = True
    if reader.kind == "None":
        found = reader.read_content() if load.comments == "Ignore" else reader.read()
    elif reader.kind == "Comment" and load.comments == "Ignore":
        found = reader.read_content()
    if not found:
        raise reader.fail("Error reading JToken from JsonReader.")
    kind = reader.kind.removeprefix("Start")
    if kind == "PropertyName":
        return read_container(reader, "Property", load)
    if reader.kind in STARTS:
        return read_container(reader, kind, load)
    token = _scalar(reader)
    if token is None:
        raise reader.fail(f"Error reading JToken from JsonReader. Unexpected token: {reader.kind}.")
    _note_place(reader, token, load)
    return token


def _scalar(reader: JsonReader) -> Token | None:
    """The JValue of the current token, None where it is not one."""
    if reader.kind in _SCALARS:
        return ValueToken(reader.value)
    if reader.kind in ("Null", "Undefined"):
        return null() if reader.kind == "Null" else ValueToken(None, "Undefined")
    return ValueToken(reader.value, reader.kind) if reader.kind in ("Comment", "Raw") else None


def _empty(reader: JsonReader) -> Container:
    """The container that the current token begins."""
    match reader.kind:
        case "StartObject":
            return ObjectToken()
        case "StartArray":
            return ArrayToken()
        case "StartConstructor":
            return ConstructorToken(reader.value)
    return PropertyToken(reader.value)


def _note_place(reader: JsonReader, token: Token, load: LoadOptions) -> None:
    if load.places:
        token.place = reader.place()


class _Filler:
    """Puts what a reader reads into one container."""

    def __init__(self, reader: JsonReader, token: Container, load: LoadOptions) -> None:
        self.reader = reader
        self.root = token
        self.load = load
        _note_place(reader, token, load)

    def fill(self, name: str) -> None:
        reader = self.reader
        depth = reader.depth
        if not reader.read():
            raise reader.fail(f"Error reading {name} from JsonReader.")
        self._take_all()
        if reader.depth > depth:
            raise reader.fail(f"Unexpected end of content while loading {name}.")

    def _take_all(self) -> None:
        holder: Container = self.root
        while True:
            if isinstance(holder, PropertyToken) and holder.content is not None:
                if holder is self.root:
                    return
                holder = _outside(holder)
            kind = self.reader.kind
            if kind in ENDS:
                if holder is self.root:
                    return
                holder = _outside(holder)
            elif kind in STARTS:
                inner = _empty(self.reader)
                _note_place(self.reader, inner, self.load)
                holder.load(inner)
                holder = inner
            elif kind == "PropertyName":
                made = self._property(holder)
                if made is None:
                    self.reader.skip()
                else:
                    holder = made
            else:
                self._value(holder)
            if not self.reader.read():
                return

    def _value(self, holder: Container) -> None:
        if self.reader.kind == "Comment" and self.load.comments != "Load":
            return
        value = _scalar(self.reader)
        if value is not None:
            _note_place(self.reader, value, self.load)
            holder.load(value)

    def _property(self, holder: Container) -> PropertyToken | None:
        """The property that the current token names; None where it is to be passed over."""
        name = self.reader.value
        assert isinstance(holder, ObjectToken)  # noqa: S101 - names stand in objects only
        known = holder.properties.get(name)
        if known is not None and self.load.duplicates == "Ignore":
            return None
        if known is not None and self.load.duplicates == "Error":
            raise self.reader.fail(f"Property with the name '{name}' already exists in the current JSON object.")
        made = PropertyToken(name)
        _note_place(self.reader, made, self.load)
        if known is None:
            holder.load(made)
        else:
            holder.replace_child(known, made)
        return made


def _outside(holder: Container) -> Container:
    assert holder.parent is not None  # noqa: S101 - the walk stays below its root
    return holder.parent


def copy_tree(reader: JsonReader, *, comments: bool = True) -> Token:
    """The tree that begins at the current token, as the deserializer makes it.

    Other than loading, it knows no places, and a name that comes again moves to the end.
    """
    if reader.kind not in STARTS:
        token = _scalar(reader)
        if token is None:
            raise reader.serialization(f"Unexpected token while deserializing object: {reader.kind}.")
        return token
    depth = reader.depth
    root = holder = _empty(reader)
    while True:
        if not reader.read():
            positions = reader.stack
            raise json_faults.located(json_faults.WRITER, "Unexpected end when reading token.", path_of(positions))
        if reader.kind in ENDS:
            if reader.depth == depth and holder is root:
                return root
            holder = _outside(holder)
        elif reader.kind != "Comment" or comments:
            holder = _copy_one(reader, holder)
        if isinstance(holder, PropertyToken) and holder.content is not None:
            holder = _outside(holder)


def _copy_one(reader: JsonReader, holder: Container) -> Container:
    if reader.kind in STARTS:
        inner = _empty(reader)
        holder.load(inner)
        return inner
    if reader.kind == "PropertyName":
        assert isinstance(holder, ObjectToken)  # noqa: S101 - names stand in objects only
        known = holder.properties.get(reader.value)
        if known is not None:
            holder.remove_child(known)
        made = PropertyToken(reader.value)
        holder.load(made)
        return made
    value = _scalar(reader)
    if value is not None:
        holder.load(value)
    return holder

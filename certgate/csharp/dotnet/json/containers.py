"""JSON tokens that hold others: objects, arrays, constructors and properties, with Newtonsoft's rules and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.collections.list_values import MODIFIED
from certgate.csharp.dotnet.json.tokens import Token, content, json_error, null, path_name, shown
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import BudgetExceeded, charge_size, charge_steps
from certgate.csharp.values import ByteArray, Char, NetArray, array, iterate, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.dotnet.collections.dictionary_values import PairValue
    from certgate.csharp.types import NetType

_LINQ = "Newtonsoft.Json.Linq"
# SECURITY: what walks a tree calls itself; a program could nest tokens without end.
_MAX_HEIGHT = 150


class Container(Token):
    """What holds other tokens. `changes` counts the tokens that came, went or were replaced."""

    __slots__ = ("changes",)

    def __init__(self) -> None:
        super().__init__()
        self.changes = 0

    def __iter__(self) -> Iterator[Token]:
        return self._unchanged(tuple(self.children()), self.changes)

    def _unchanged(self, children: tuple[Token, ...], changes: int) -> Iterator[Token]:
        """The children. InvalidOperationException where they change meanwhile."""
        for child in children:
            yield child
            if self.changes != changes:
                raise faults.invalid_operation(MODIFIED)

    def insert(self, at: int, token: Token) -> None:
        """Add a token so that it stands at `at`; it is copied where it has a place already."""
        raise NotImplementedError

    def add(self, token: Token) -> None:
        self.insert(len(self.children()), token)

    def load(self, token: Token) -> None:
        """Add a token that was just made for this."""
        self.add(token)

    def remove_child(self, child: Token) -> None:
        raise NotImplementedError

    def replace_child(self, child: Token, new: Token) -> None:
        raise NotImplementedError

    def clear(self) -> None:
        for child in tuple(self.children()):
            self.remove_child(child)

    def step(self, child: Token) -> str:
        """What a path says for going from here to a child."""
        return ""

    def position(self, child: Token) -> int:
        return next((at for at, token in enumerate(self.children()) if token is child), -1)

    def adopt(self, token: Token) -> Token:
        """`token` as a child of this: one that has a parent already, or holds this, is copied."""
        root: Token | None = self
        held = token.parent is not None
        while root is not None and not held:
            held = root is token
            root = root.parent
        return self._own(token.clone() if held else token)

    def _own(self, child: Token) -> Token:
        charge_size(1)
        child.parent = self
        self._rise(child.height + 1)
        return child

    def refuse(self, token: Token) -> Any:
        """The exception for a token that has no place here."""
        return faults.argument(f"Can not add {token.net_type.full_name} to {self.net_type.full_name}.")

    def _rise(self, height: int) -> None:
        holder: Container | None = self
        while holder is not None and holder.height < height:
            if height > _MAX_HEIGHT:
                raise BudgetExceeded(f"expression exceeded its limit of {_MAX_HEIGHT} levels of JSON")
            holder.height = height
            holder, height = holder.parent, height + 1

    def descendants(self) -> Iterator[Token]:
        for child in self:
            charge_steps(1)
            yield child
            if isinstance(child, Container):
                yield from child.descendants()


class ListToken(Container):
    """A JArray or a JConstructor: tokens by their number."""

    __slots__ = ("items",)

    expected = "Int32 array index expected."

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Token] = []

    def children(self) -> list[Token]:
        return self.items

    def load(self, token: Token) -> None:
        self.items.append(self._own(token))

    def insert(self, at: int, token: Token) -> None:
        if at > len(self.items):
            raise faults.out_of_range("Index must be within the bounds of the List.", "index")
        if at < 0:
            raise faults.index_less("index")
        if isinstance(token, PropertyToken):
            raise self.refuse(token)
        self.items.insert(at, self.adopt(token))
        self.changes += 1

    def get(self, key: Any) -> Token | None:
        at = self._index(key, "Accessed")
        if not 0 <= at < len(self.items):
            raise faults.index_less("index")
        return self.items[at]

    def step(self, child: Token) -> str:
        return f"[{self.position(child)}]"

    def check(self, at: int) -> int:
        """A place that is to be changed."""
        if at < 0:
            raise faults.out_of_range("Index is less than 0.", "index")
        if at >= len(self.items):
            raise faults.out_of_range("Index is equal to or greater than Count.", "index")
        return at

    def set(self, key: Any, value: Token | None) -> None:
        at = self.check(self._index(key, "Set"))
        self.replace_child(self.items[at], value if value is not None else null())

    def _index(self, key: Any, verb: str) -> int:
        if key is None:
            raise faults.argument_null("key")
        if type_of(key) is not types.INT32:
            name = self.net_type.display
            raise faults.argument(f"{verb} {name} values with invalid key value: {shown(key)}. {self.expected}")
        return int(key)

    def remove_child(self, child: Token) -> None:
        at = self.position(child)
        if at >= 0:
            self.items.pop(at).parent = None
            self.changes += 1

    def replace_child(self, child: Token, new: Token) -> None:
        if new is child:
            return
        if isinstance(new, PropertyToken):
            raise self.refuse(new)
        self.items[self.position(child)] = self.adopt(new)
        self.changes += 1
        child.parent = None

    def _filled(self, made: ListToken) -> Token:
        for item in self.items:
            made.load(item.clone())
        return self.placed(made)

    def same(self, other: Token) -> bool:
        if not isinstance(other, ListToken) or other.kind != self.kind or len(other.items) != len(self.items):
            return False
        return all(left.same(right) for left, right in zip(self.items, other.items, strict=True))


class ArrayToken(ListToken):
    """A JArray."""

    __slots__ = ()

    kind = "Array"

    def clone(self) -> Token:
        return self._filled(ArrayToken())


class ConstructorToken(ListToken):
    """A JConstructor: ``new Date(1)``."""

    __slots__ = ("name",)

    kind = "Constructor"
    expected = "Argument position index expected."

    def __init__(self, name: str | None) -> None:
        super().__init__()
        self.name = name

    def clone(self) -> Token:
        return self._filled(ConstructorToken(self.name))

    def same(self, other: Token) -> bool:
        return isinstance(other, ConstructorToken) and other.name == self.name and super().same(other)


class PropertyToken(Container):
    """A JProperty: holds one value, once it is read."""

    __slots__ = ("content", "name")

    kind = "Property"
    content: Token

    def __init__(self, name: str, value: Token | None = None) -> None:
        super().__init__()
        self.name = name
        # Only while it is read.
        self.content = None  # type: ignore[assignment]
        if value is not None:
            self.put(value)

    @property
    def item_key(self) -> str:
        """A property takes the place of the KeyValuePair that enumerating a JObject gives."""
        return self.name

    @property
    def value(self) -> Token:
        return self.content

    def children(self) -> list[Token]:
        return [] if self.content is None else [self.content]

    def load(self, token: Token) -> None:
        if token.kind != "Comment":
            self.content = self._own(token)

    def insert(self, at: int, token: Token) -> None:
        if token.kind != "Comment":
            raise json_error(f"{_LINQ}.JProperty cannot have multiple values.")

    def put(self, value: Token) -> None:
        if value is self.content:
            return
        if isinstance(value, PropertyToken):
            raise self.refuse(value)
        if self.content is not None:
            self.content.parent = None
        self.content = self.adopt(value)

    def remove_child(self, child: Token) -> None:
        raise json_error(f"Cannot add or remove items from {_LINQ}.JProperty.")

    def clear(self) -> None:
        raise json_error(f"Cannot add or remove items from {_LINQ}.JProperty.")

    def replace_child(self, child: Token, new: Token) -> None:
        self.put(new)

    def clone(self) -> Token:
        return self.placed(PropertyToken(self.name, self.content.clone()))

    def same(self, other: Token) -> bool:
        return isinstance(other, PropertyToken) and other.name == self.name and self.content.same(other.content)


class ObjectToken(Container):
    """A JObject: properties by name, in their order."""

    __slots__ = ("properties",)

    kind = "Object"

    def __init__(self) -> None:
        super().__init__()
        self.properties: dict[str, PropertyToken] = {}

    def children(self) -> list[Token]:
        return list(self.properties.values())

    def pairs(self) -> Iterator[PairValue]:
        """Each property as the KeyValuePair of its name and value."""
        from certgate.csharp.dotnet.collections.dictionary_values import PairValue

        pair = types.named("System.Collections.Generic.KeyValuePair", types.STRING, types.named(f"{_LINQ}.JToken"))
        return (PairValue(pair, child.name, child.content) for child in self if isinstance(child, PropertyToken))

    def contents(self) -> Iterator[Token]:
        """The values of the properties."""
        return (child.content for child in self if isinstance(child, PropertyToken))

    def enumerated(self, element: NetType) -> Iterator[Any]:
        """As tokens, or as the pairs that ``foreach`` sees."""
        return iter(self) if element.full_name == f"{_LINQ}.JToken" else self.pairs()

    def load(self, token: Token) -> None:
        if isinstance(token, PropertyToken):
            self._own(token)
            self.properties[token.name] = token

    def add(self, token: Token) -> None:
        if token.kind == "Comment":
            return
        child = self.adopt(self._checked(token))
        if isinstance(child, PropertyToken):
            self.properties[child.name] = child
            self.changes += 1

    def insert(self, at: int, token: Token) -> None:
        after = list(self.properties)[at:]
        self.add(token)
        for name in after:
            self.properties[name] = self.properties.pop(name)

    def _checked(self, token: Token) -> Token:
        if not isinstance(token, PropertyToken):
            raise self.refuse(token)
        if token.name in self.properties:
            raise faults.argument(
                f"Can not add property {token.name} to {_LINQ}.JObject. "
                "Property with the same name already exists on object."
            )
        return token

    def step(self, child: Token) -> str:
        return path_name(child.name, first=False) if isinstance(child, PropertyToken) else ""

    def value_of(self, name: str) -> Token | None:
        found = self.properties.get(name)
        return None if found is None else found.content

    def get(self, key: Any) -> Token | None:
        return self.value_of(self._name(key, "Accessed"))

    def set(self, key: Any, value: Token | None) -> None:
        self.put(self._name(key, "Set"), value)

    def put(self, name: str, value: Token | None) -> None:
        """``this[name] = value``."""
        found = self.properties.get(name)
        if found is not None:
            found.put(value if value is not None else null())
        else:
            self.add(PropertyToken(name, value if value is not None else null()))

    # As an ``IDictionary<string, JToken>``

    def __len__(self) -> int:
        return len(self.properties)

    def __bool__(self) -> bool:
        return True

    lookup = value_of

    def try_get(self, key: str | None) -> tuple[bool, Token | None]:
        found = None if key is None else self.value_of(key)
        return found is not None, found

    def contains_key(self, key: str | None) -> bool:
        if key is None:
            raise faults.argument_null("propertyName")
        return key in self.properties

    def insert_new(self, key: str | None, value: Token | None) -> None:
        if key is None:
            raise faults.argument_null("name")
        self.add(PropertyToken(key, value if value is not None else null()))

    def remove_key(self, key: str | None) -> bool:
        if key is None:
            raise faults.argument_null("propertyName")
        found = self.properties.get(key)
        if found is not None:
            self.remove_child(found)
        return found is not None

    def keys(self) -> NetArray:
        return array(types.STRING, self.properties)

    def values(self) -> Any:
        # Newtonsoft has not implemented it.
        raise faults.thrown("System.NotImplementedException", "The method or operation is not implemented.")

    def _name(self, key: Any, verb: str) -> str:
        if key is None:
            raise faults.argument_null("key")
        if not isinstance(key, str) or isinstance(key, Char):
            message = f"{verb} JObject values with invalid key value: {shown(key)}. Object property name expected."
            raise faults.argument(message)
        return key

    def remove_child(self, child: Token) -> None:
        if isinstance(child, PropertyToken) and self.properties.get(child.name) is child:
            del self.properties[child.name]
            self.changes += 1
            child.parent = None

    def replace_child(self, child: Token, new: Token) -> None:
        if new is child:
            return
        if not isinstance(new, PropertyToken):
            raise self.refuse(new)
        if not (isinstance(child, PropertyToken) and child.name == new.name):
            self._checked(new)
        adopted = self.adopt(new)
        child.parent = None
        self.changes += 1
        kept = [adopted if token is child else token for token in self.children()]
        self.properties = {token.name: token for token in kept if isinstance(token, PropertyToken)}

    def clone(self) -> Token:
        made = ObjectToken()
        for child in self.properties.values():
            made.load(child.clone())
        return self.placed(made)

    def same(self, other: Token) -> bool:
        if not isinstance(other, ObjectToken) or len(other.properties) != len(self.properties):
            return False
        return all(
            (found := other.properties.get(name)) is not None and child.same(found)
            for name, child in self.properties.items()
        )


def add_content(holder: Container, value: Any, at: int | None = None) -> None:
    """``Add(object)``, at a place or at the end: the elements of a sequence are added one by one."""
    if not _is_sequence(value):
        _add_one(holder, value, at)
        return
    for place, item in enumerate(iterate(value), at or 0):
        charge_steps(1)
        add_content(holder, item, None if at is None else place)


def _add_one(holder: Container, value: Any, at: int | None) -> None:
    if at is None:
        holder.add(content(value))
    else:
        holder.insert(at, content(value))


def property_content(value: Any) -> Token:
    """The value of a JProperty made from something: a sequence becomes an array."""
    if not _is_sequence(value):
        return content(value)
    made = ArrayToken()
    add_content(made, value)
    return made


def _is_sequence(value: Any) -> bool:
    return not isinstance(value, str | Token | ByteArray) and hasattr(value, "__iter__")

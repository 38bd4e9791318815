"""LINQ methods that fill a list, an array, a dictionary or a set."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.collections.dictionary import DictionaryValue
from certgate.csharp.dotnet.collections.hashset import SetValue
from certgate.csharp.dotnet.collections.list_values import NetList
from certgate.csharp.dotnet.linq.type import ENUMERABLE, SEQ, Types, function, source_of, walk
from certgate.csharp.runtime import charge_size
from certgate.csharp.values import NetArray, array, iterate

_SOURCE = f"this {SEQ}<TSource> source"
_KEY = "Func<TSource, TKey> keySelector"
_ELEMENT = "Func<TSource, TElement> elementSelector"
_COMPARER = "System.Collections.Generic.IEqualityComparer<TKey> comparer"
_G = "System.Collections.Generic"


@ENUMERABLE.method(f"static {_G}.List<TSource> ToList<TSource>({_SOURCE})", generic=True)
def to_list(kinds: Types, source: Any) -> NetList:
    return NetList(kinds[0], walk(source_of(source)))


@ENUMERABLE.method(f"static TSource[] ToArray<TSource>({_SOURCE})", generic=True)
def to_array(kinds: Types, source: Any) -> NetArray:
    items = list(walk(source_of(source)))
    charge_size(len(items))
    return array(kinds[0], items)


@ENUMERABLE.method(f"static {_G}.HashSet<TSource> ToHashSet<TSource>({_SOURCE})", generic=True)
def to_hash_set(kinds: Types, source: Any) -> SetValue:
    return to_hash_set_comparer(kinds, source, None)


@ENUMERABLE.method(
    f"static {_G}.HashSet<TSource> ToHashSet<TSource>({_SOURCE}, {_G}.IEqualityComparer<TSource> comparer)",
    generic=True,
)
def to_hash_set_comparer(kinds: Types, source: Any, comparer: Any) -> SetValue:
    result = SetValue(kinds[0], comparer)
    for item in walk(source_of(source)):
        result.add(item)
    return result


def _same(item: Any) -> Any:
    return item


def _dictionary(types: Types, source: Any, key: Any, element: Any, comparer: Any) -> DictionaryValue:
    items, key_of = source_of(source), function(key, "keySelector")
    value_of = element if element is _same else function(element, "elementSelector")
    result = DictionaryValue(types[0], types[1], comparer)
    for item in iterate(items):
        result.insert_new(key_of(item), value_of(item))
    return result


@ENUMERABLE.method(
    f"static {_G}.Dictionary<TKey, TSource> ToDictionary<TSource, TKey>({_SOURCE}, {_KEY})", generic=True
)
def to_dictionary(kinds: Types, source: Any, key: Any) -> DictionaryValue:
    return _dictionary((kinds[1], kinds[0]), source, key, _same, None)


@ENUMERABLE.method(
    f"static {_G}.Dictionary<TKey, TSource> ToDictionary<TSource, TKey>({_SOURCE}, {_KEY}, {_COMPARER})", generic=True
)
def to_dictionary_comparer(kinds: Types, source: Any, key: Any, comparer: Any) -> DictionaryValue:
    return _dictionary((kinds[1], kinds[0]), source, key, _same, comparer)


@ENUMERABLE.method(
    f"static {_G}.Dictionary<TKey, TElement> ToDictionary<TSource, TKey, TElement>({_SOURCE}, {_KEY}, {_ELEMENT})",
    generic=True,
)
def to_dictionary_element(kinds: Types, source: Any, key: Any, element: Any) -> DictionaryValue:
    return _dictionary((kinds[1], kinds[2]), source, key, element, None)


@ENUMERABLE.method(
    f"static {_G}.Dictionary<TKey, TElement> ToDictionary<TSource, TKey, TElement>({_SOURCE}, "
    f"{_KEY}, {_ELEMENT}, {_COMPARER})",
    generic=True,
)
def to_dictionary_element_comparer(kinds: Types, source: Any, key: Any, element: Any, comparer: Any) -> DictionaryValue:
    return _dictionary((kinds[1], kinds[2]), source, key, element, comparer)


@ENUMERABLE.method(
    f"static {_G}.Dictionary<TKey, TValue> ToDictionary<TKey, TValue>(this "
    f"{SEQ}<{_G}.KeyValuePair<TKey, TValue>> source)",
    generic=True,
)
def to_dictionary_pairs(kinds: Types, source: Any) -> DictionaryValue:
    result = DictionaryValue(*kinds)
    for pair in iterate(source_of(source)):
        result.add(pair)
    return result


@ENUMERABLE.method(
    f"static {_G}.Dictionary<TKey, TValue> ToDictionary<TKey, TValue>(this "
    f"{SEQ}<{_G}.KeyValuePair<TKey, TValue>> source, {_COMPARER})",
    generic=True,
)
def to_dictionary_pairs_comparer(kinds: Types, source: Any, comparer: Any) -> DictionaryValue:
    result = DictionaryValue(kinds[0], kinds[1], comparer)
    for pair in iterate(source_of(source)):
        result.add(pair)
    return result


_TUPLES = f"{SEQ}<(TKey Key, TValue Value)> source"


@ENUMERABLE.method(f"static {_G}.Dictionary<TKey, TValue> ToDictionary<TKey, TValue>(this {_TUPLES})", generic=True)
def to_dictionary_tuples(kinds: Types, source: Any) -> DictionaryValue:
    return to_dictionary_tuples_comparer(kinds, source, None)


@ENUMERABLE.method(
    f"static {_G}.Dictionary<TKey, TValue> ToDictionary<TKey, TValue>(this {_TUPLES}, {_COMPARER})", generic=True
)
def to_dictionary_tuples_comparer(kinds: Types, source: Any, comparer: Any) -> DictionaryValue:
    result = DictionaryValue(kinds[0], kinds[1], comparer)
    for pair in iterate(source_of(source)):
        result.insert_new(*pair.items)
    return result

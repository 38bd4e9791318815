"""``System.DBNull``, which the gateway refuses."""

from __future__ import annotations

from certgate.csharp.types import define
from certgate.csharp.values import EnumValue, NetObject, enum_value

DB_NULL = define("System.DBNull", known="Equals GetHashCode GetObjectData GetType GetTypeCode ToString Value")


class DBNullValue(NetObject):
    """``DBNull.Value``, of which there is one."""

    __slots__ = ()

    net_type = DB_NULL.type

    def to_text(self) -> str:
        return ""


VALUE = DBNullValue()


@DB_NULL.field("static readonly System.DBNull Value")
def get_value() -> DBNullValue:
    return VALUE


@DB_NULL.method("string ToString()")
def to_string(self: DBNullValue) -> str:
    return ""


@DB_NULL.method("System.TypeCode GetTypeCode()")
def get_type_code(self: DBNullValue) -> EnumValue:
    return enum_value("System.TypeCode", "DBNull")

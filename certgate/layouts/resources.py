"""The resources of API Management that hold policies: which scope a type means, and whose names its name holds.

Knows the types of the management API and those of Terraform's provider; not how a template is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.layouts.piece import Said
from certgate.policy.named_values import HOLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SERVICE = "microsoft.apimanagement/service"
_OWNERS = {"workspaces": "workspace", "products": "product", "apis": "api", "operations": "operation"}
_FRAGMENTS = "policyfragments"

TERRAFORM = {
    "azurerm_api_management_policy": "global",
    "azurerm_api_management_workspace_policy": "workspace",
    "azurerm_api_management_product_policy": "product",
    "azurerm_api_management_api_policy": "api",
    "azurerm_api_management_api_operation_policy": "operation",
    "azurerm_api_management_policy_fragment": "fragment",
    "azurerm_api_management_workspace_policy_fragment": "fragment",
}
"""Terraform's resource types and their scopes."""


def parts_of(kind: str) -> tuple[str, ...] | None:
    """What follows the service in a resource type, in lower case; None for a type of something else."""
    name = kind.split("@", 1)[0].lower()
    if name != SERVICE and not name.startswith(SERVICE + "/"):
        return None
    return tuple(part for part in name[len(SERVICE) :].split("/") if part)


def said(parts: Sequence[str], names: Sequence[str | None], form: str | None) -> Said | None:
    """What a resource says of the policy in it; None where its type holds none. `names`: one for each part."""
    if not parts or parts[-1] not in {"policies", _FRAGMENTS}:
        return None
    owners = {_OWNERS[part]: name for part, name in zip(parts, names, strict=False) if part in _OWNERS and known(name)}
    owned = {name: value for name, value in owners.items() if value is not None}
    if parts[-1] == _FRAGMENTS:
        last = names[len(parts) - 1] if len(names) >= len(parts) else None
        return Said("fragment", form, owned | ({"fragment": last} if last and known(last) else {}), is_policy=True)
    scopes = [_OWNERS[part] for part in parts[:-1] if part in _OWNERS]
    return Said(scopes[-1] if scopes else "global", form, owned, is_policy=True)


def known(name: str | None) -> bool:
    """Is this name written out?"""
    return name is not None and name != "" and HOLE not in name


def said_in_terraform(kind: str, form: str | None, values: Mapping[str, str | None]) -> Said | None:
    """The same of Terraform's types; `values` are the attributes that are names."""
    scope = TERRAFORM.get(kind)
    if scope is None:
        return None
    keys = {"product": "product_id", "api": "api_name", "operation": "operation_id"}
    names: dict[str, str] = {}
    for owner, key in (*keys.items(), *((("fragment", "name"),) if scope == "fragment" else ())):
        value = values.get(key)
        if value is not None and known(value):
            names[owner] = value
    return Said(scope, form, names, is_policy=True)

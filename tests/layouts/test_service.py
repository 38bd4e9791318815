"""Folders of services: what is recognised as what, and what is in force for a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from certgate.core.errors import CertgateError, InputError, UsageError
from certgate.core.source import MAX_BYTES
from certgate.layouts import service
from certgate.layouts.inventory import Selection, Service
from certgate.policy.derived import Derived

HERE = Path(__file__).parent
POLICY = "<policies><inbound><base /></inbound></policies>"
FRAGMENT = "<fragment />"


def kept(name: str) -> Service:
    return service(str(HERE / name))


def made(folder: Path, files: Mapping[str, str]) -> Service:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return service(str(folder))


def chosen(selection: Selection) -> dict[str, str]:
    """The file of each scope, by the names behind the folder of the tests."""
    return {
        scope: stored.place.file.removeprefix(str(HERE)).strip("/\\").replace("\\", "/")
        for scope, stored in selection.policies.items()
    }


def keys(found: Service) -> list[str]:
    return sorted(str(key) for key in found.policies)


def test_apiops_artifacts() -> None:
    """Every kind of artifact that says something of what runs."""
    found = kept("apiops")
    assert found.layout == "APIOps artifacts"
    assert keys(found) == [
        "API orders",
        "API orders, operation get-order",
        "global",
        "product partners",
        "workspace retail",
        "workspace retail, API tills",
    ]
    orders = next(api for api in found.apis if api.id == "orders")
    assert (orders.name, orders.path, orders.revision) == ("Orders API", "sales/orders", "3")
    assert orders.operations == ("delete-order", "get-order")
    assert found.backends == {"orders-backend": "https://backend.example/orders"}
    assert [(product.id, product.name, product.apis) for product in found.products] == [
        ("partners", "Partners only", ("orders",))
    ]
    assert found.notes == ()


def test_named_values_of_artifacts() -> None:
    """Their display names count; a secret is in no text of the value; a key vault's is not known."""
    values = {value.name: value for value in kept("apiops").named_values.values()}
    assert (values["allowed-thumbprint"].text, values["allowed-thumbprint"].secret) == ("0A1B2C", False)
    assert (values["partner-key"].text, values["partner-key"].secret) == ("hunter2hunter2", True)
    assert (values["vault-key"].text, values["vault-key"].why) == (None, "its value stands in a key vault")
    assert "hunter2" not in repr(values)


@pytest.mark.parametrize("spelling", ["orders", "ORDERS", "Orders API", "sales/orders"])
def test_what_is_in_force(spelling: str) -> None:
    """An API is found by its id in any case, its display name and its path."""
    selection = kept("apiops").select(api=spelling, operation="get-order", product="partners")
    assert chosen(selection) == {
        "global": "apiops/policy.xml",
        "product": "apiops/products/partners/policy.xml",
        "api": "apiops/apis/orders/policy.xml",
        "operation": "apiops/apis/orders/operations/get-order/policy.xml",
    }
    assert selection.backend_url == "https://orders.internal.example/v1"
    assert selection.context["api"]["path"] == "sales/orders"
    assert selection.context["operation"] == {"id": "get-order"}
    assert selection.said == ()


def test_an_operation_without_a_policy_of_its_own() -> None:
    """The description of the API says that it is there."""
    assert set(chosen(kept("apiops").select(api="orders", operation="delete-order"))) == {"global", "api"}


def test_an_api_of_a_workspace() -> None:
    """It is found without naming the workspace, and the workspace's policy is in force, with the service's."""
    selection = kept("apiops").select(api="tills")
    assert list(chosen(selection)) == ["global", "workspace", "api"]
    assert selection.context["workspace"] == {"id": "retail"}


def test_a_product_that_is_not_named() -> None:
    """It is said that the API is in one; a place to fill in is no address."""
    found = kept("apiops")
    assert found.select(api="orders").said == ("no product: the API is in partners (give --product)",)
    assert found.select(api="stock").backend_url is None
    assert found.select(api="stock", product="partners").said == (
        "the files do not link API 'stock' to product 'partners'",
    )


@pytest.mark.parametrize(
    ("asked", "code", "hint"),
    [
        ({"api": "order"}, "api-unknown", "did you mean orders?"),
        ({"api": "xyz"}, "api-unknown", "the files name orders, stock, tills"),
        ({"api": "orders", "operation": "get-ordre"}, "operation-unknown", "did you mean get-order?"),
        ({"api": "stock", "operation": "x"}, "operation-unknown", "the files name no operation"),
        ({"operation": "get-order"}, "api-missing", None),
        ({"product": "partner"}, "product-unknown", "did you mean partners?"),
        ({"workspace": "retial"}, "workspace-unknown", "did you mean retail?"),
        ({"api": "orders", "workspace": "retail"}, "api-unknown", "the files name tills"),
    ],
)
def test_names_that_are_not_there(asked: dict[str, str], code: str, hint: str | None) -> None:
    """Each is a usage error with the names that come near."""
    with pytest.raises(UsageError) as raised:
        kept("apiops").select(**asked)
    assert (raised.value.code, raised.value.hint) == (code, hint)


def test_plain_folders() -> None:
    """Folders of a kind, files named after one of them, prefixes; what fits no rule is said."""
    found = kept("plain")
    assert found.layout == "plain folder"
    assert keys(found) == [
        "API orders",
        "API orders, operation get-order",
        "API stock",
        "API stock, operation count",
        "global",
        "product partners",
    ]
    assert list(found.fragments) == [("", "gate")]
    assert [(note.code, Path(note.place.file).name if note.place else "") for note in found.notes] == [
        ("layout-unknown", "what.xml")
    ]


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("global.xml", "global"),
        ("policy.xml", "global"),
        ("policies/global-policy.xml", "global"),
        ("orders.xml", "API orders"),
        ("api-orders.xml", "API orders"),
        ("orders-policy.cshtml", "API orders"),
        ("apis/orders.policy.xml", "API orders"),
        ("apis/orders/orders.xml", "API orders"),
        ("apis/orders/api.xml", "API orders"),
        ("apis/orders/get.xml", "API orders, operation get"),
        ("apis/orders/operations/get.xml", "API orders, operation get"),
        ("apis/orders/operations/get/policy.xml", "API orders, operation get"),
        ("operations/orders.get.xml", "API orders, operation get"),
        ("products/gold.xml", "product gold"),
        ("product-gold.xml", "product gold"),
        ("workspaces/retail/policy.xml", "workspace retail"),
        ("workspaces/retail/apis/tills.xml", "workspace retail, API tills"),
        ("a-globalServicePolicy.xml", "global"),
        ("orders-apiPolicy.xml", "API orders"),
        ("gold-productPolicy.xml", "product gold"),
        ("orders;rev=2-get-operationPolicy.xml", "API orders;rev=2, operation get"),
    ],
)
def test_rules_of_plain_folders(tmp_path: Path, file: str, key: str) -> None:
    """The rules of docs/layouts.md, one by one."""
    assert keys(made(tmp_path, {file: POLICY})) == [key]


@pytest.mark.parametrize("file", ["a/b/c.xml", "operations/get.xml", "orders-get-operationPolicy.xml", "x/global.xml"])
def test_nothing_is_guessed(tmp_path: Path, file: str) -> None:
    """A policy of which nothing says whose it is stays out, and is named."""
    found = made(tmp_path, {file: POLICY, "global.xml": POLICY})
    assert keys(found) == ["global"]
    assert [note.code for note in found.notes] == ["layout-unknown"]


def test_files_of_the_resource_kit() -> None:
    """The operation's name begins behind the longest API that has a policy."""
    assert keys(kept("kit")) == [
        "API orders",
        "API orders, operation get-order",
        "API orders;rev=2",
        "API orders;rev=2, operation get-order",
        "global",
        "product partners",
    ]


def test_templates() -> None:
    """Files that they read are filled in; what stands elsewhere is said, with its place."""
    found = kept("templates")
    assert found.layout == "templates"
    assert keys(found) == ["API orders", "API orders, operation get-order", "API stockApi", "product partners"]
    stock = found.select(api="stockApi").policies
    (stored,) = stock.values()
    assert isinstance(stored.content, Derived)
    assert 'backend-id="stock-backend"' in stored.content.text
    assert [str(note).rsplit("/", 1)[1] for note in found.notes] == [
        "main.bicep:65:12: the policy is not in this file: it comes from elsewhere.outputs.policy"
    ]


def test_files_of_other_folders_are_not_read(tmp_path: Path) -> None:
    """A template may not make certgate read what stands outside of the service, by links either."""
    (tmp_path / "secret.xml").write_text(POLICY)
    folder = tmp_path / "service"
    folder.mkdir()
    (folder / "link.xml").symlink_to(tmp_path / "secret.xml")
    resource = 'resource "azurerm_api_management_policy" "a" {\n  xml_content = file("%s")\n}\n'
    files = {
        f"{at}.tf": resource % path
        for at, path in enumerate(["../secret.xml", str(tmp_path / "secret.xml"), "link.xml"])
    }
    found = made(folder, files | {"x.xml": "<x/>"})
    assert ["is no file of this folder" in note.message for note in found.notes] == [True] * 3
    (stored,) = found.select().policies.values()
    assert stored.text == "<policies />"


@pytest.mark.parametrize(
    ("value", "said", "code"),
    [
        ("gate", "it comes from gate", "template-value"),
        ("loadTextContent('a.xml')", "'a.xml' is no file", "template-file"),
    ],
)
def test_a_policy_whose_text_is_not_known(tmp_path: Path, value: str, said: str, code: str) -> None:
    """It is there, and nothing runs without it; a policy of the same scope that is known is another's reading of it."""
    policy = (
        "resource a 'Microsoft.ApiManagement/service/policies@2022-08-01' = {\n  properties: {\n    value: %s\n  }\n}\n"
    )
    found = made(tmp_path, {"main.bicep": "param gate string\n" + policy % value})
    assert keys(found) == ["global"]
    with pytest.raises(InputError) as raised:
        found.select().check()
    assert (raised.value.code, raised.value.hint) == (code, "give it as it is deployed: --scope global=FILE")
    assert said in raised.value.message
    found.select().check({"global"})
    known = made(tmp_path, {"main.bicep": "param gate string\n" + policy % value, "b.bicep": policy % "'<policies />'"})
    known.select().check()


def test_what_a_template_leaves_open_cannot_be_run() -> None:
    """The branch that it takes is not known, so the policy is not all there."""
    with pytest.raises(InputError) as raised:
        kept("terraform").select(api="orders-v1").check()
    assert {problem.code for problem in raised.value.problems} == {"template-directive"}
    kept("terraform").select(api="orders-v1").check({"global"})


def test_two_policies_of_one_scope(tmp_path: Path) -> None:
    """Neither is taken; both are named."""
    found = made(tmp_path, {"orders.xml": POLICY, "apis/orders.xml": POLICY})
    with pytest.raises(InputError) as raised:
        found.select(api="orders")
    assert raised.value.code == "policy-twice"
    assert "apis/orders.xml" in raised.value.message


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "service-missing"),
        ({"a.xml": "<a/>", "b.json": "{}"}, "service-missing"),
        ({f"{name}/apis/a/apiInformation.json": "{}" for name in ("dev", "prod")}, "service-several"),
    ],
)
def test_folders_that_are_no_service(tmp_path: Path, files: Mapping[str, str], code: str) -> None:
    """What to do is said."""
    with pytest.raises(CertgateError) as raised:
        made(tmp_path, files)
    assert raised.value.code == code
    assert raised.value.hint


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """It is an input error, and so is a file."""
    for name in ("nowhere", __file__):
        with pytest.raises(InputError) as raised:
            service(str(tmp_path / name))
        assert raised.value.code == "folder-missing"


def test_old_artifacts(tmp_path: Path) -> None:
    """The list of a product's APIs, names without blanks, artifacts below the folder; what is broken is a note."""
    found = made(
        tmp_path,
        {
            "artifacts/policy.xml": POLICY,
            "artifacts/apis/orders/apiInformation.json": "{",
            "artifacts/apis/orders/policy.xml": POLICY,
            "artifacts/products/gold/apis.json": '["orders"]',
            "artifacts/products/gold/productInformation.json": "{}",
            "artifacts/policyFragments/gate/policy.xml": FRAGMENT,
            "artifacts/namedValues/a/namedValueInformation.json": '{"properties": {"displayName": "a-b"}}',
            "elsewhere/policy.xml": POLICY,
        },
    )
    assert keys(found) == ["API orders", "global"]
    assert found.products[0].apis == ("orders",)
    assert [value.why for value in found.named_values.values()] == ["its value is not in the file"]
    assert list(found.fragments) == [("", "gate")]
    assert [note.code for note in found.notes] == ["template-syntax"]


@pytest.mark.parametrize(("name", "key"), [("apis/orders/policy.xml", "API orders"), ("policy.xml", "global")])
@pytest.mark.parametrize("artifacts", [True, False])
def test_a_policy_that_cannot_be_read(tmp_path: Path, name: str, key: str, artifacts: bool) -> None:
    """A file that is too large is somebody's policy all the same: nothing runs without it."""
    files = {"apis/stock/apiInformation.json": "{}"} if artifacts else {"apis/stock/policy.xml": POLICY}
    made(tmp_path, files | {name: "<policies>"})
    with (tmp_path / name).open("ab") as stream:
        stream.truncate(MAX_BYTES + 1)
    found = made(tmp_path, files)
    assert key in keys(found)
    assert [note.code for note in found.notes] == ["file-too-large"]
    with pytest.raises(InputError) as raised:
        found.select(api=None if key == "global" else "orders").check()
    assert raised.value.code == "policy-unread"


def test_a_policy_that_is_no_text(tmp_path: Path) -> None:
    """What is no text is kept as it is, for whoever reads it to say so."""
    (tmp_path / "apis").mkdir()
    (tmp_path / "apis" / "orders.xml").write_bytes(b"<policies>\xff\xff\xff</policies>")
    assert keys(made(tmp_path, {"apis/stock.xml": POLICY, "apis/x/a.xml": "<a/>"})) == ["API orders", "API stock"]


@pytest.mark.parametrize("address", ["[url]/triggers", "{{host}}/a", "https://{host}", "orders"])
def test_the_address_of_a_backend_that_is_none(tmp_path: Path, address: str) -> None:
    """It is noted, and the backend has no address."""
    backend = json.dumps({"properties": {"url": address}})
    found = made(tmp_path, {"backends/a/backendInformation.json": backend, "policy.xml": POLICY})
    assert (dict(found.backends), [note.code for note in found.notes]) == ({}, ["backend-address"])

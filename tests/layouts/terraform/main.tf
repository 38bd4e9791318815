locals {
  header = "X-Where"
  pages = {
    home = <<-EOT
      <policies>
        <inbound>
          <base />
          <set-variable name="page" value="${var.page}" />
        </inbound>
      </policies>
    EOT
  }
}

resource "azurerm_api_management_api" "orders" {
  name                = "orders-v1"
  resource_group_name = var.group
}

resource "azurerm_api_management_policy" "all" {
  api_management_id = var.service
  xml_content       = <<XML
<policies>
  <inbound>
    <set-header name="${local.header}" exists-action="override">
      <value>@($"{context.Api.Name}")</value>
    </set-header>
%{ if var.limited ~}
    <set-variable name="calls" value="${var.calls}" />
%{ else ~}
    <set-variable name="calls" value="none" />
%{ endif ~}
    <cors>
      <allowed-origins>
%{ for origin in var.origins ~}
        <origin>${origin}</origin>
%{ endfor ~}
      </allowed-origins>
    </cors>
    ${var.more_policies}
  </inbound>
  <backend>
    <forward-request />
  </backend>
</policies>
XML
}

resource "azurerm_api_management_api_policy" "orders" {
  api_name    = azurerm_api_management_api.orders.name
  xml_content = templatefile("${path.module}/api/orders.xml.tftpl", {
    backend = "orders-backend"
    audience = var.audience
  })
}

resource "azurerm_api_management_api_operation_policy" "get" {
  api_name     = azurerm_api_management_api.orders.name
  operation_id = "get-order"
  xml_content  = file("./api/get.xml")
}

resource "azurerm_api_management_product_policy" "partners" {
  product_id = "partners"
  xml_link   = "https://policies.example/partners.xml"
}

resource "azurerm_api_management_policy_fragment" "gate" {
  name   = "gate"
  format = "rawxml"
  value  = file("../../outside.xml")
}

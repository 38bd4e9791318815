param apimName string
@description('who may call')
param audience string = 'api://orders'
param limit int = 5

var ordersPolicy = loadTextContent('policies/orders.xml')
var stockPolicy = replace(loadTextContent('policies/stock.xml'), '{backend-id}', 'stock-backend')
var gate = '''
<fragment>
    <set-header name="X-Gate" exists-action="override">
        <value>open</value>
    </set-header>
</fragment>
'''

resource apim 'Microsoft.ApiManagement/service@2023-05-01-preview' existing = {
  name: apimName
}

resource orders 'Microsoft.ApiManagement/service/apis@2023-05-01-preview' = {
  parent: apim
  name: 'orders'
  properties: {
    displayName: 'Orders'
    path: 'orders'
  }

  resource policy 'policies' = {
    name: 'policy'
    properties: {
      format: 'rawxml'
      value: ordersPolicy
    }
  }
}

resource stock 'Microsoft.ApiManagement/service/apis/policies@2023-05-01-preview' = {
  name: '${apimName}/${stockApi}/policy'
  properties: {
    value: stockPolicy
    format: 'rawxml'
  }
}

resource getOrder 'Microsoft.ApiManagement/service/apis/operations/policies@2023-05-01-preview' = {
  name: '${apimName}/orders/get-order/policy'
  properties: {
    format: 'xml'
    value: '<policies>\n  <inbound>\n    <base />\n    <rate-limit calls="${limit}" renewal-period="60" />\n    <set-variable name="aud" value="${audience}" />\n  </inbound>\n</policies>'
  }
}

resource fragment 'Microsoft.ApiManagement/service/policyFragments@2023-05-01-preview' = {
  parent: apim
  name: 'gate'
  properties: {
    format: 'rawxml'
    value: gate
  }
}

resource unknown 'Microsoft.ApiManagement/service/products/policies@2023-05-01-preview' = {
  name: '${apimName}/partners/policy'
  properties: {
    value: elsewhere.outputs.policy
  }
}

// What alert rules are pointed at: it sends every alert, fired and resolved, to the hub in the common schema.
param name string
param namespaceName string
param hub string

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  properties: {
    enabled: true
    groupShortName: take(name, 12)
    eventHubReceivers: [
      {
        name: 'correlation'
        subscriptionId: subscription().subscriptionId
        tenantId: tenant().tenantId
        eventHubNameSpace: namespaceName
        eventHubName: hub
        useCommonAlertSchema: true
      }
    ]
  }
}

output actionGroupId string = group.id

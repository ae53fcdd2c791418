// The namespace with its hubs, and who may read and write them.
param name string
param location string
param partitions int
param throughputUnits int
param throughputUnitsMax int

@description('The identity of the silos and gateways.')
param principalId string

@description('What Azure streams to.')
var monitorHub = 'azure-monitor'

@description('What the gateway appends to.')
var intakeHub = 'intake'

var roles = {
  receiver: 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde' // Azure Event Hubs Data Receiver
  sender: '2b629674-e913-4c01-ae53-ef4638d8f975' // Azure Event Hubs Data Sender
}

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: name
  location: location
  sku: { name: 'Standard', tier: 'Standard', capacity: throughputUnits }
  properties: {
    kafkaEnabled: true
    isAutoInflateEnabled: true
    maximumThroughputUnits: throughputUnitsMax
    minimumTlsVersion: '1.2'
    // Diagnostic settings send with a key; the silos and gateways do not.
    disableLocalAuth: false
  }
}

resource hubs 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' = [
  for hub in [monitorHub, intakeHub]: {
    parent: namespace
    name: hub
    properties: {
      partitionCount: partitions
      // The longest that Standard keeps: what was not read by then is lost, so this is how long the system may be down.
      retentionDescription: { cleanupPolicy: 'Delete', retentionTimeInHours: 168 }
    }
  }
]

resource groups 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = [
  for i in range(0, 2): {
    parent: hubs[i]
    name: 'correlation'
    properties: {}
  }
]

resource diagnostics 'Microsoft.EventHub/namespaces/authorizationRules@2024-01-01' = {
  parent: namespace
  name: 'diagnostics'
  // A diagnostic setting asks for all three.
  properties: { rights: ['Listen', 'Manage', 'Send'] }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): {
    scope: namespace
    name: guid(namespace.id, principalId, role.value)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

output namespaceName string = namespace.name
output hub string = monitorHub
output authorizationRuleId string = diagnostics.id

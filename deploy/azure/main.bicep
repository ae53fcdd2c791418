// Everything in Azure that the system stands on, for one resource group: docs/azure.md.
targetScope = 'resourceGroup'

@description('What the names of resources begin with; the account and the registry get a suffix of their own.')
@minLength(3)
@maxLength(11)
param name string = 'correlation'

@description('Where everything lies. Diagnostic settings of regional resources stream only to a namespace of their own region.')
param location string = resourceGroup().location

@description('Partitions of each hub; more cannot be added to a Standard hub later.')
@minValue(1)
@maxValue(32)
param partitions int = 8

@description('Throughput units that are always there; each takes 1 MB/s or 1,000 messages/s in.')
@minValue(1)
@maxValue(40)
param throughputUnits int = 2

@description('Up to how many throughput units the namespace grows by itself.')
@minValue(1)
@maxValue(40)
param throughputUnitsMax int = 10

@description('How many machines run silos and gateways.')
@minValue(3)
param nodes int = 3

@description('The size of each; at least 4 cores, so that a silo has two for itself.')
param nodeSize string = 'Standard_D4ads_v5'

@description('The Entra groups whose members administer the cluster; there are no local accounts.')
param administratorGroups string[]

@description('Whether this subscription streams its own activity log to the hub.')
param streamActivityLog bool = true

var suffix = uniqueString(resourceGroup().id)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

module streams 'event-hubs.bicep' = {
  name: 'streams'
  params: {
    name: '${name}-${suffix}'
    location: location
    partitions: partitions
    throughputUnits: throughputUnits
    throughputUnitsMax: throughputUnitsMax
    principalId: identity.properties.principalId
  }
}

module storage 'storage.bicep' = {
  name: 'storage'
  params: {
    name: take(replace('${name}${suffix}', '-', ''), 24)
    location: location
    principalId: identity.properties.principalId
  }
}

module cluster 'cluster.bicep' = {
  name: 'cluster'
  params: {
    name: name
    registryName: take(replace('${name}${suffix}', '-', ''), 50)
    location: location
    nodes: nodes
    nodeSize: nodeSize
    administratorGroups: administratorGroups
    identityName: identity.name
  }
}

module alerts 'action-group.bicep' = {
  name: 'alerts'
  params: {
    name: name
    namespaceName: streams.outputs.namespaceName
    hub: streams.outputs.hub
  }
}

module activityLog 'activity-log.bicep' = if (streamActivityLog) {
  name: 'activity-log-${suffix}'
  scope: subscription()
  params: {
    name: name
    authorizationRuleId: streams.outputs.authorizationRuleId
    hub: streams.outputs.hub
  }
}

@description('For the service account of deploy/kubernetes.')
output identityClientId string = identity.properties.clientId

@description('For Streams:EventHubs:Namespace.')
output eventHubsNamespace string = streams.outputs.namespaceName

@description('For Storage:Azure:TableUri and BlobUri.')
output storageAccount string = storage.outputs.accountName

@description('Where the image is pushed.')
output registry string = cluster.outputs.registry

@description('For diagnostic settings of other resources and subscriptions.')
output authorizationRuleId string = streams.outputs.authorizationRuleId

@description('For alert rules.')
output actionGroupId string = alerts.outputs.actionGroupId

// Streams a subscription's activity log to the hub. Deploy it once for each subscription:
//   az deployment sub create --location LOCATION --template-file deploy/azure/activity-log.bicep \
//     --parameters authorizationRuleId=ID hub=azure-monitor
targetScope = 'subscription'

param name string = 'correlation'

@description('The rule of the namespace by which Azure sends: an output of main.bicep.')
param authorizationRuleId string
param hub string

// Every category that the activity log has.
var categories = [
  'Administrative'
  'Security'
  'ServiceHealth'
  'Alert'
  'Recommendation'
  'Policy'
  'Autoscale'
  'ResourceHealth'
]

resource setting 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: name
  properties: {
    eventHubAuthorizationRuleId: authorizationRuleId
    eventHubName: hub
    logs: [for category in categories: { category: category, enabled: true }]
  }
}

namespace Correlation.Estate;

/// <summary>Writes the alerts of a load: each fires, and resolves some alerts later.</summary>
internal sealed class LoadAlerts(LoadResources resources, Rng rng)
{
    private const int OpenAtMost = 40;

    private readonly Queue<Instance> open = new();

    public void Write(Utf8Text text, DateTime logTime)
    {
        var changed = logTime.AddTicks(-(30 + rng.Below(60)) * TimeSpan.TicksPerSecond);
        if (open.Count >= OpenAtMost)
        {
            var closing = open.Dequeue();
            Write(text, closing, changed > closing.Fired ? changed : closing.Fired.AddSeconds(1));
            return;
        }

        var instance = new Instance(rng.Below(resources.Count), rng.Next(), rng.Next(), changed, Severity());
        open.Enqueue(instance);
        Write(text, instance, null);
    }

    private int Severity() => rng.Below(20) switch { 0 => 1, < 6 => 2, _ => 3 };

    private void Write(Utf8Text text, Instance alert, DateTime? resolved)
    {
        text.Put("{\"schemaId\":\"azureMonitorCommonAlertSchema\",\"data\":{\"essentials\":{\"alertId\":\""u8);
        resources.WriteSubscription(text, alert.Resource, lowerCase: true);
        text.Put("/providers/Microsoft.AlertsManagement/alerts/"u8);
        text.PutGuid(alert.High, alert.Low);
        text.Put("\",\"alertRule\":\"load-threshold\",\"alertRuleID\":\""u8);
        resources.WriteSubscription(text, alert.Resource, lowerCase: true);
        text.Put("""/resourceGroups/rg-monitor/providers/microsoft.insights/metricAlerts/load-threshold","severity":"Sev"""u8);
        text.Put(alert.Severity);
        text.Put("\",\"signalType\":\"Metric\",\"monitorCondition\":\""u8);
        text.Put(resolved is null ? "Fired"u8 : "Resolved"u8);
        text.Put("\",\"monitoringService\":\"Platform\",\"alertTargetIDs\":[\""u8);
        resources.WriteId(text, alert.Resource, lowerCase: true);
        text.Put("\"],\"originAlertId\":\"load\",\"firedDateTime\":\""u8);
        text.Put(alert.Fired);
        if (resolved is { } at)
        {
            text.Put("\",\"resolvedDateTime\":\""u8);
            text.Put(at);
        }

        text.Put("\",\"description\":\"A metric crossed its threshold\""u8);
        text.Put(",\"essentialsVersion\":\"1.0\",\"alertContextVersion\":\"1.0\"},"u8);
        Context(text, alert);
    }

    private static void Context(Utf8Text text, Instance alert)
    {
        text.Put("\"alertContext\":{\"properties\":null"u8);
        text.Put(",\"conditionType\":\"SingleResourceMultipleMetricCriteria\",\"condition\":{"u8);
        text.Put("\"windowSize\":\"PT5M\",\"allOf\":[{\"metricName\":\""u8);
        text.Put(LoadResources.MetricName(alert.Resource, 0));
        text.Put("\",\"metricNamespace\":null,\"operator\":\"GreaterThan\",\"threshold\":\"90\""u8);
        text.Put(",\"timeAggregation\":\"Average\","u8);
        text.Put("\"dimensions\":[],\"metricValue\":93.5,\"webTestName\":null}]}},\"customProperties\":null}}"u8);
    }

    private readonly record struct Instance(int Resource, ulong High, ulong Low, DateTime Fired, int Severity);
}

namespace Correlation.Estate;

/// <summary>Writes the messages of a load, each family in Azure's own form.</summary>
/// <param name="resources">The resources.</param>
/// <param name="rng">What every draw comes from.</param>
/// <param name="start">The load's first log time.</param>
/// <param name="pass">After how long each metric of each resource has its next value. A minute: at the start and every minute
/// after it. Otherwise at full minutes or, where they come more often, full seconds; more often still, where they fall.</param>
internal sealed class LoadWriter(LoadResources resources, Rng rng, DateTime start, TimeSpan pass)
{
    private const long MetricDelay = 3 * TimeSpan.TicksPerMinute;

    private readonly Utf8Text text = new();
    private readonly LoadAlerts alerts = new(resources, rng.Fork("alerts"));
    private readonly long grain = pass.Ticks >= TimeSpan.TicksPerMinute ? TimeSpan.TicksPerMinute
        : pass.Ticks >= TimeSpan.TicksPerSecond ? TimeSpan.TicksPerSecond : 1;

    private long nextMetric;

    public byte[] Write(LoadFamily family, int count, DateTime logTime)
    {
        text.Clear();
        if (family == LoadFamily.Alert)
        {
            alerts.Write(text, logTime);
            return text.ToArray();
        }

        text.Put("""{"records":["""u8);
        var resource = rng.Below(resources.Count);
        for (var i = 0; i < count; i++)
        {
            if (i > 0) { text.Put(","u8); }

            if (family == LoadFamily.Metric) { Metric(); }
            else if (family == LoadFamily.Log) { Log(Neighbour(resource, i / 12), logTime); }
            else { Activity(Neighbour(resource, rng.Below(40)), logTime); }
        }

        text.Put("]}"u8);
        return text.ToArray();
    }

    /// <summary>The first metric of resources that follow one another, of the full minute before the load.</summary>
    public byte[] WriteOfEach(int first, int count)
    {
        text.Clear();
        var before = start.AddTicks(-(start.Ticks % TimeSpan.TicksPerMinute) - TimeSpan.TicksPerMinute - MetricDelay);
        text.Put("""{"records":["""u8);
        for (var resource = first; resource < first + count; resource++)
        {
            if (resource > first) { text.Put(","u8); }

            Value(resource, 0, before);
        }

        text.Put("]}"u8);
        return text.ToArray();
    }

    private int Neighbour(int resource, int distance) => (resource + distance) % resources.Count;

    /// <summary>The next metric of the next resource; after the last, the next pass begins.</summary>
    private void Metric()
    {
        var each = (long)resources.Count * LoadResources.MetricsEach;
        var (number, place) = Math.DivRem(nextMetric++, each);
        var passed = number * pass.Ticks;
        var time = start.AddTicks(passed - MetricDelay);
        Value(
            (int)(place / LoadResources.MetricsEach), (int)(place % LoadResources.MetricsEach),
            pass.Ticks == TimeSpan.TicksPerMinute ? time : time.AddTicks(-(time.Ticks % grain)));
    }

    private void Value(int resource, int metric, DateTime time)
    {
        var average = 100 + rng.Below(9900);
        text.Put("""{"count":4,"total":"""u8);
        text.PutHundredths(average * 4L);
        text.Put(""","minimum":"""u8);
        text.PutHundredths(average - (average / 5));
        text.Put(""","maximum":"""u8);
        text.PutHundredths(average + (average / 4));
        text.Put(""","average":"""u8);
        text.PutHundredths(average);
        text.Put(",\"resourceId\":\""u8);
        resources.WriteId(text, resource);
        text.Put("\",\"time\":\""u8);
        text.Put(time);
        text.Put("\",\"metricName\":\""u8);
        text.Put(LoadResources.MetricName(resource, metric));
        text.Put(grain == TimeSpan.TicksPerMinute ? "\",\"timeGrain\":\"PT1M\"}"u8 : "\",\"timeGrain\":\"PT1S\"}"u8);
    }

    /// <summary>One in a hundred is an error.</summary>
    private void Log(int resource, DateTime logTime)
    {
        var draw = rng.Next();
        text.Put("{\"time\":\""u8);
        text.Put(logTime.AddTicks(-(180_000 + rng.Below(380_000)) * TimeSpan.TicksPerMillisecond));
        text.Put("\",\"resourceId\":\""u8);
        resources.WriteId(text, resource);
        text.Put("\",\"category\":\"ApplicationLogs\",\"operationName\":\"Request/Handle\""u8);
        text.Put(",\"operationVersion\":\"1.0\",\"level\":\""u8);
        text.Put(draw % 100 == 0 ? "Error"u8 : draw % 20 == 1 ? "Warning"u8 : "Informational"u8);
        text.Put("\",\"resultType\":\"Success\",\"durationMs\":"u8);
        text.Put(rng.Below(4000));
        text.Put(",\"callerIpAddress\":\"10.20.30.40\",\"correlationId\":\""u8);
        text.PutGuid(draw, rng.Next());
        text.Put("\",\"location\":\"westeurope\",\"properties\":{\"method\":\"GET\",\"uri\":\"/api/v2/items/"u8);
        text.Put(rng.Below(100_000));
        text.Put("\",\"statusCode\":200"u8);
        text.Put(",\"userAgent\":\"Mozilla/5.0 (Windows NT 10.0; Win64; x64)\",\"host\":\"node-7\",\"bytesSent\":"u8);
        text.Put(rng.Below(1_000_000));
        text.Put(""","message":"Handled the request in the expected time; nothing else is worth saying about it."}}"""u8);
    }

    /// <summary>Four in five read or list, one in five writes.</summary>
    private void Activity(int resource, DateTime logTime)
    {
        var write = rng.Below(5) == 0;
        text.Put("{\"time\":\""u8);
        text.Put(logTime.AddTicks(-(180 + rng.Below(900)) * TimeSpan.TicksPerSecond));
        text.Put("\",\"resourceId\":\""u8);
        resources.WriteId(text, resource);
        text.Put("\",\"operationName\":\""u8);
        text.Put(write ? "MICROSOFT.RESOURCES/TAGS/WRITE"u8 : "MICROSOFT.RESOURCEHEALTH/AVAILABILITYSTATUSES/READ"u8);
        text.Put("\",\"category\":\"Administrative\",\"resultType\":\"Success\""u8);
        text.Put(",\"resultSignature\":\"Succeeded.OK\",\"durationMs\":\"0\""u8);
        text.Put(",\"callerIpAddress\":\"20.1.2.3\",\"correlationId\":\""u8);
        text.PutGuid(rng.Next(), rng.Next());
        text.Put("\",\"identity\":{\"authorization\":{\"scope\":\""u8);
        resources.WriteId(text, resource);
        text.Put("\",\"action\":\"read\",\"evidence\":{\"role\":\"Reader\""u8);
        text.Put(",\"principalType\":\"ServicePrincipal\"}},\"claims\":{\"ver\":\"1.0\"}}"u8);
        text.Put(",\"level\":\"Information\",\"location\":\"global\""u8);
        text.Put(""","properties":{"eventCategory":"Administrative","message":"done"}"""u8);
        text.Put(",\"eventDataId\":\""u8);
        text.PutGuid(rng.Next(), rng.Next());
        text.Put("\"}"u8);
    }
}

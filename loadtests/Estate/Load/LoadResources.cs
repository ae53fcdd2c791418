using System.Text;

namespace Correlation.Estate;

/// <summary>The resources of a load, by number: nothing is kept but a subscription for each customer.</summary>
internal sealed class LoadResources
{
    public const int MetricsEach = 4;

    private static readonly LoadType[] Types =
    [
        new("MICROSOFT.WEB/SITES/APP-", ["CpuTime", "Requests", "Http5xx", "HttpResponseTime"]),
        new("MICROSOFT.COMPUTE/VIRTUALMACHINES/VM-", ["Percentage CPU", "Network In Total", "OS Disk Queue Depth", "VmUptime"]),
        new("MICROSOFT.SQL/SERVERS/SQL-01/DATABASES/DB-", ["cpu_percent", "dtu_used", "storage_percent", "deadlock"]),
        new("MICROSOFT.STORAGE/STORAGEACCOUNTS/ST", ["Availability", "Transactions", "Ingress", "SuccessE2ELatency"]),
        new("MICROSOFT.KEYVAULT/VAULTS/KV-", ["ServiceApiHit", "ServiceApiLatency", "SaturationShoebox", "Availability"]),
    ];

    private readonly byte[][] upper;
    private readonly byte[][] lower;
    private readonly int customers;

    public LoadResources(MixedLoadOptions options, Rng rng)
    {
        Count = options.Resources;
        customers = options.Customers;
        var subscriptions = Enumerable.Range(0, customers).Select(_ => rng.Guid()).ToList();
        upper = [.. subscriptions.Select(s => Encoding.ASCII.GetBytes(s.ToUpperInvariant()))];
        lower = [.. subscriptions.Select(s => Encoding.ASCII.GetBytes(s))];
    }

    public int Count { get; }

    public IReadOnlyList<string> Subscriptions => [.. lower.Select(Encoding.ASCII.GetString)];

    public static byte[] MetricName(int resource, int metric) => Types[resource % Types.Length].Metrics[metric];

    /// <summary>Writes a resource's id, upper case as logs and metrics have it or lower case as alerts do.</summary>
    public void WriteId(Utf8Text text, int resource, bool lowerCase = false)
    {
        WriteSubscription(text, resource, lowerCase);
        var type = Types[resource % Types.Length];
        text.Put(lowerCase ? "/resourcegroups/rg-"u8 : "/RESOURCEGROUPS/RG-"u8);
        text.Put(resource / 50);
        text.Put(lowerCase ? "/providers/"u8 : "/PROVIDERS/"u8);
        text.Put(lowerCase ? type.Lower : type.Upper);
        text.Put(resource);
    }

    /// <summary>Writes the id of the subscription that holds a resource.</summary>
    public void WriteSubscription(Utf8Text text, int resource, bool lowerCase = false)
    {
        var customer = (int)((long)resource * customers / Count);
        text.Put(lowerCase ? "/subscriptions/"u8 : "/SUBSCRIPTIONS/"u8);
        text.Put(lowerCase ? lower[customer] : upper[customer]);
    }

    private sealed class LoadType(string path, string[] metrics)
    {
        public byte[] Upper { get; } = Encoding.ASCII.GetBytes(path);
        public byte[] Lower { get; } = Encoding.ASCII.GetBytes(path.ToLowerInvariant());
        public byte[][] Metrics { get; } = [.. metrics.Select(Encoding.ASCII.GetBytes)];
    }
}

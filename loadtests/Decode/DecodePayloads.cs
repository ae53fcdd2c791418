using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Correlation.Estate;

namespace Correlation.LoadTests.Decode;

/// <summary>Makes the messages of every family: metrics, logs and lean activity as the mixed load has them, the rest from the
/// payloads beside this file, which have the fields and the size of Azure's own.</summary>
internal static class DecodePayloads
{
    private const int Resources = 2_000;
    private const int Subscriptions = 20;
    private const int BytesEach = 1_000_000;
    private const int LoadRecords = 60_000;

    private static readonly DateTime Start = new(2026, 1, 5, 6, 0, 0, DateTimeKind.Utc);
    private static readonly string[] ActivityKinds =
    [
        "activity-administrative", "activity-administrative", "activity-administrative",
        "activity-policy", "activity-resourcehealth",
    ];

    private static readonly string[] AlertKinds =
    [
        "alert-metric", "alert-log", "alert-prometheus", "alert-administrative", "alert-servicehealth", "alert-resourcehealth",
    ];

    /// <summary>All families.</summary>
    public static IReadOnlyList<DecodeFamily> All()
    {
        var load = MixedLoad.Messages(new MixedLoadOptions { Resources = Resources, Records = LoadRecords }).ToList();
        return
        [
            FromLoad("metric", load, LoadFamily.Metric),
            FromLoad("log", load, LoadFamily.Log),
            new DecodeFamily("activity", Activity()),
            FromLoad("activity-lean", load, LoadFamily.Activity),
            FromLoad("alert-lean", load, LoadFamily.Alert),
            .. AlertKinds.Select(static kind => new DecodeFamily(kind, Alerts(kind))),
        ];
    }

    private static DecodeFamily FromLoad(string name, List<LoadMessage> load, LoadFamily family) =>
        new(name, [.. load.Where(message => message.Family == family).Select(static message => message.Body)]);

    // Batches of 1 to 24 records, as event hubs get them.
    private static List<byte[]> Activity()
    {
        var templates = ActivityKinds.Select(Template).ToList();
        List<byte[]> bodies = [];
        for (int made = 0, n = 0; made < BytesEach;)
        {
            var records = Enumerable.Range(n, 1 + (bodies.Count * 7 % 24)).Select(i => Fill(templates[i % templates.Count], i));
            bodies.Add(Encoding.UTF8.GetBytes("{\"records\":[" + string.Join(',', records) + "]}"));
            n += 24;
            made += bodies[^1].Length;
        }

        return bodies;
    }

    private static List<byte[]> Alerts(string kind)
    {
        var template = Template(kind);
        List<byte[]> bodies = [];
        for (var made = 0; made < BytesEach; made += bodies[^1].Length)
            bodies.Add(Encoding.UTF8.GetBytes(Fill(template, bodies.Count)));
        return bodies;
    }

    // Without the blanks: Azure sends none.
    private static string Template(string kind)
    {
        using var file = typeof(DecodePayloads).Assembly.GetManifestResourceStream(kind)
            ?? throw new InvalidOperationException($"The payload {kind} is missing.");
        return JsonNode.Parse(file)!.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private static string Fill(string template, int n)
    {
        var text = new StringBuilder(template);
        var number = n * 7919 % Resources;
        var subscription = GuidOf(1, number % Subscriptions);
        var name = $"vm-{number}";
        var resource = $"/subscriptions/{subscription}/resourceGroups/rg-orders"
            + $"/providers/Microsoft.Compute/virtualMachines/{name}";
        text.Replace("{sub}", subscription).Replace("{name}", name).Replace("{resource}", resource);
        text.Replace("{RESOURCE}", resource.ToUpperInvariant()).Replace("{target}", resource.ToLowerInvariant());
        text.Replace("{guid}", GuidOf(2, n)).Replace("{n}", (n % 50).ToString(CultureInfo.InvariantCulture));
        return text.Replace("{time}", Start.AddSeconds(n).ToString("O", CultureInfo.InvariantCulture)).ToString();
    }

    private static string GuidOf(int kind, int n) => new Guid(n * 40503, (short)kind, 0x4abc, 1, 2, 3, 4, 5, 6, 7, 8).ToString();
}

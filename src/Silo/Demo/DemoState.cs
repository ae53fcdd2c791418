using System.Text.Json;

namespace Correlation.Silo.Demo;

/// <summary>When the demo's estate ends: kept in the data folder, so that a second demo sends the very same signals.</summary>
/// <param name="End">The end of the replayed 48 hours.</param>
internal sealed record DemoState(DateTimeOffset End)
{
    private const string FileName = "demo.json";

    /// <summary>The state of a data folder; the first time, the estate ends now.</summary>
    public static DemoState Of(string folder, TimeProvider time)
    {
        var file = Path.Combine(folder, FileName);
        if (File.Exists(file)) return JsonSerializer.Deserialize<DemoState>(File.ReadAllText(file))!;
        var now = time.GetUtcNow();
        var state = new DemoState(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)));
        File.WriteAllText(file, JsonSerializer.Serialize(state));
        return state;
    }
}

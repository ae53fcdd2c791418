using System.ComponentModel.DataAnnotations;

namespace Correlation.Gateway;

/// <summary>What the gateway lets in and how much of everything; read from the section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Gateway";

    /// <summary>Who may call.</summary>
    /// <value>Nobody by name: then every caller is the operator <c>local</c>, and only loopback addresses are served.</value>
    public IList<ApiKeyOptions> ApiKeys { get; } = [];

    /// <summary>The largest body of a request, in bytes, after decompression.</summary>
    /// <value>16 MiB. Larger is answered with 413.</value>
    [Range(1024, 256 * 1024 * 1024)] public int BodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>A body of signals larger than this is split into several messages at its records' boundaries, in bytes.</summary>
    /// <value>1 MiB, the largest event that Event Hubs takes.</value>
    [Range(1024, 16 * 1024 * 1024)] public int MessageBytes { get; set; } = 1024 * 1024;

    /// <summary>The most rejected records that one answer lists; the rest are only counted.</summary>
    /// <value>1,000.</value>
    [Range(1, 100_000)] public int RejectionsListed { get; set; } = 1_000;

    /// <summary>The most messages of a recording that one call takes.</summary>
    /// <value>500. More are answered with 400.</value>
    [Range(1, 100_000)] public int ReplayMessages { get; set; } = 500;

    /// <summary>How many bodies of signals are taken at a time; as many again wait, further ones are answered with 429.</summary>
    /// <value>16. Each holds up to <see cref="BodyBytes"/> in memory.</value>
    [Range(1, 1_000)] public int IntakeAtOnce { get; set; } = 16;

    /// <summary>How many requests other than signals one caller may make in a second, in bursts of ten times as many.</summary>
    /// <value>100. More are answered with 429.</value>
    [Range(1, 100_000)] public int RequestsPerSecond { get; set; } = 100;

    /// <summary>How many items a list has when the caller does not say.</summary>
    /// <value>100.</value>
    [Range(1, 500)] public int PageSize { get; set; } = 100;

    /// <summary>How many grains are asked at a time for one answer.</summary>
    /// <value>32.</value>
    [Range(1, 1_000)] public int FanOut { get; set; } = 32;

    /// <summary>How much of a signal's payload is shown, in bytes.</summary>
    /// <value>256 KiB.</value>
    [Range(1024, 16 * 1024 * 1024)] public int PayloadBytes { get; set; } = 256 * 1024;

    /// <summary>How many watchers of the feed there may be, pages included.</summary>
    /// <value>500. A further one is answered with 503.</value>
    [Range(1, 100_000)] public int Watchers { get; set; } = 500;

    /// <summary>How many events wait for one slow watcher; older ones are dropped then.</summary>
    /// <value>1,000.</value>
    [Range(1, 1_000_000)] public int EventsWaiting { get; set; } = 1_000;

    /// <summary>How often a quiet watcher gets a <c>ping</c>, so that a dead connection is noticed.</summary>
    /// <value>15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")] public TimeSpan Ping { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the gateway says again that it watches the feed.</summary>
    /// <value>30 seconds; the feed forgets a watcher that has been silent for more than a minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")] public TimeSpan Resubscribe { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How soon after something happened an open page shows it.</summary>
    /// <value>1 second. Longer saves reads in a storm.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")] public TimeSpan PageDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often an open page reads again although nothing was heard.</summary>
    /// <value>10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan PageRefresh { get; set; } = TimeSpan.FromSeconds(10);
}

using Correlation.Estate;
using Correlation.Silo.Demo;

namespace Correlation.LoadTests.Chaos;

/// <summary>The recorded days of one seed: what is sent, to whom it belongs, and what is done about it.</summary>
internal sealed class ChaosEstate
{
    /// <summary>The recording's name; its stream is <c>replay-chaos</c>.</summary>
    public const string Recording = "chaos";

    /// <summary>The stream that the recording makes.</summary>
    public const string Stream = $"replay-{Recording}";

    private const int MessagesPerHour = 250;

    /// <summary>In what log time an action is sent to a resource once at most.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(12);

    private ChaosEstate(IReadOnlyList<BundledMessage> messages, string customers, DateTimeOffset end) =>
        (Messages, Customers, End) = (messages, customers, end);

    /// <summary>The messages in the order of their log times.</summary>
    public IReadOnlyList<BundledMessage> Messages { get; }

    /// <summary>The customers file.</summary>
    public string Customers { get; }

    /// <summary>The end of the recorded days; so far back that once they are over every time-out has passed, and all is
    /// sealed.</summary>
    public DateTimeOffset End { get; }

    /// <summary>The log time of the last of so many messages.</summary>
    public DateTimeOffset LogTimeOf(int messages) => End + Messages[messages - 1].At;

    /// <summary>Makes an estate of at least so many messages, or of as many as there are in two weeks.</summary>
    public static async Task<ChaosEstate> MakeAsync(ulong seed, int messages)
    {
        var hours = Math.Clamp((messages / MessagesPerHour) + 12, 30, 336);
        var day = AzureEstate.Generate(new EstateOptions { Seed = seed, Hours = hours });
        var now = TimeProvider.System.GetUtcNow();
        var end = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddHours(-80);
        using var bundle = new MemoryStream();
        BundleWriter.WriteMessages(day, bundle);
        bundle.Position = 0;
        var made = await BundleReader.ReadAsync(bundle, end).ToListAsync();
        return new ChaosEstate(made, BundleWriter.CustomersJson(day.Truth), end);
    }

    /// <summary>Lifts what would make the number of effects depend on how many come together.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Correlation__Remediation__InFlightMax"] = "1000",
        ["Correlation__Remediation__OthersHitMax"] = "100000",
    };

    /// <summary>The remediation rules: two actions that a machine sends by itself, one of which may not be repeated. They
    /// outlive
    /// their incidents: hours pass in a second here, and one that was over before anybody was told of it has its effect all the
    /// same.</summary>
    public static string Rules(int port) =>
        $"""
        version: 1
        allowedHosts: ["127.0.0.1:{port}"]
        rules:
          - name: extend-full-disk
            match:
              severity: Error
              condition: "alert:*disk-95*"
            target: members
            mode: auto
            outlivesIncident: true
            action:
              name: {ActionReceiver.Repeatable}
              url: http://127.0.0.1:{port}/actions/{ActionReceiver.Repeatable}
              repeatable: true
              window: 12h
              coolDown: 1m
              maxPerDay: 1000
          - name: restart-app
            match:
              severity: Warning
              condition: "alert:*"
            target: members
            mode: auto
            outlivesIncident: true
            action:
              name: {ActionReceiver.Once}
              url: http://127.0.0.1:{port}/actions/{ActionReceiver.Once}
              window: 12h
              coolDown: 1m
              maxPerDay: 1000
        """;
}

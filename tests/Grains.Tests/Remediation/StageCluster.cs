using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Grains.Customers;
using Correlation.Grains.Journals;
using Correlation.Grains.Problems;
using Correlation.Grains.Remediation;
using Correlation.Incidents;
using Correlation.Remediation;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Storage;
using Correlation.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Correlation.Grains.Tests.Remediation;

/// <summary>A silo in this process with the stages after the incident, journals in memory, and receivers that the test
/// holds.</summary>
public sealed class StageCluster : IAsyncLifetime
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 10, 0, TimeSpan.Zero);

    private InProcessTestCluster _cluster = null!;

    internal MemoryJournals Journals { get; } = new();

    internal HeldSender Sender { get; }

    internal FixedRules Rules { get; } = new();

    /// <summary>What its silos count.</summary>
    internal Meters Counted { get; } = new();

    internal IGrainFactory Grains => _cluster.Client;

    public StageCluster()
    {
        Sender = new HeldSender { JournalVersion = () => Journals.Of("contoso/remediation").Version };
    }

    public ValueTask InitializeAsync() => DeployAsync();

    private async ValueTask DeployAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IMeterFactory>(Counted);
            silo.AddJournaledGrains().AddProblems().AddRemediation();
            silo.Services.AddSingleton<IJournalStore>(Journals);
            silo.Services.AddSingleton(new Owners(CustomerMap.Empty));
            silo.Services.AddSingleton<IActionSender>(Sender);
            silo.Services.AddSingleton<IRuleSource>(Rules);
            silo.Services.AddSingleton<IRunSurroundings>(new NoSurroundings());
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Counted.Dispose();
    }

    /// <summary>Stops the silo and its client, and starts others over the same journals.</summary>
    internal async Task RestartAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await DeployAsync();
    }

    /// <summary>Subscribes to the feed and answers with what it says of runs.</summary>
    internal async Task<ChannelReader<FeedEvent>> WatchAsync()
    {
        var watcher = new Watcher();
        await Grains.GetGrain<IFeedGrain>(0).Subscribe(_cluster.Client.CreateObjectReference<IFeedObserver>(watcher));
        Watchers.Add(watcher);
        return watcher.Events.Reader;
    }

    // Orleans holds observers weakly.
    private List<Watcher> Watchers { get; } = [];

    internal static IncidentNotice Notice(int number, DateTimeOffset started, string customer = "contoso",
        string? region = null) => new(
        $"{customer}.{number}",
        CustomerKey.Parse(customer),
        1,
        IncidentStatus.Open,
        Severity.Error,
        "Site fails",
        started,
        null,
        ResourceId.Parse("/subscriptions/s1/resourcegroups/rg/providers/microsoft.web/sites/shop"),
        [
            new Symptom
            {
                Id = $"{number}",
                Resource = ResourceId.Parse("/subscriptions/s1/resourcegroups/rg/providers/microsoft.web/sites/shop"),
                Condition = new Condition(region is null ? ConditionKind.Alert : ConditionKind.ResourceHealth, "alert:http5xx"),
                Start = started,
                Severity = Severity.Error,
                Region = region,
            },
        ],
        null,
        started.AddMinutes(5));

    private sealed class Watcher : IFeedObserver
    {
        public Channel<FeedEvent> Events { get; } = Channel.CreateUnbounded<FeedEvent>();

        public Task OnEvents(ImmutableArray<FeedEvent> events)
        {
            foreach (var happened in events) Events.Writer.TryWrite(happened);
            return Task.CompletedTask;
        }
    }

    private sealed class NoSurroundings : IRunSurroundings
    {
        public Task<Surroundings> OfAsync(IncidentNotice notice, bool needsRecurrence) => Task.FromResult(Surroundings.None);

        public Task<Surroundings> OfAsync(string customer, Run run) => Task.FromResult(Surroundings.None);
    }
}

/// <summary>One rule, as the test wants it.</summary>
internal sealed class FixedRules : IRuleSource
{
    public RuleMode Mode { get; set; } = RuleMode.Auto;

    public bool Repeatable { get; set; }

    public bool Shadow { get; set; }

    public Task Ready => Task.CompletedTask;

    public RemediationRules At(DateTimeOffset logTime) => Newest;

    public RemediationRules Newest => new(1, StageCluster.Start, ["hooks.example"],
    [
        new RemediationRule
        {
            Name = "restart-shop",
            Mode = Mode,
            Shadow = Shadow,
            Action = new RuleAction { Name = "restart", Host = "hooks.example", Repeatable = Repeatable },
        },
    ]);

    public bool HasAddress { get; set; } = true;

    public Uri? AddressOf(string rule) => HasAddress ? new("https://hooks.example/token") : null;
}

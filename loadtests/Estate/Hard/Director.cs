using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Correlation.Estate.Failures;
using Correlation.Estate.Failures.Reporting;
using Correlation.Estate.Model;
using Correlation.Estate.Wire;

namespace Correlation.Estate.Hard;

/// <summary>Decides which failure begins when at which customer, and plays it.</summary>
internal sealed class Director(Stage stage, EstateOptions options, Func<AzureResource, double> clocks)
{
    /// <summary>The share of a failure's alerts that never say that they are resolved.</summary>
    private const double MissingResolves = 0.06;

    /// <summary>How long before the end the last failure may begin, so that all that is seen of it has arrived.</summary>
    private const double LastBegin = -4.5 * 3600;

    private const double FirstBegin = 2 * 3600;
    private const int AttemptsMax = 60;

    private readonly Queue<FailureKind> deck = new();

    /// <summary>What is disturbed when.</summary>
    public Conditions Conditions { get; } = new();

    /// <summary>Plants what the options ask for.</summary>
    /// <exception cref="ValidationException">There is no room for so many failures.</exception>
    public List<TruthFailure> PlantAll()
    {
        List<TruthFailure> failures = [];
        foreach (var customer in stage.Customers)
        {
            TruthFailure? last = null;
            for (var i = 0; i < options.FailuresPerCustomer; i++)
            {
                last = Plant(customer, i, last);
                failures.Add(last);
            }
        }

        return failures;
    }

    private TruthFailure Plant(CustomerEstate customer, int number, TruthFailure? last)
    {
        var kind = NextKind();
        var id = $"{JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())}-{customer.Key}-{number + 1}";
        var part = stage.For(id);
        var overlaps = last is not null && part.Rng.Chance(options.Overlap);
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var begin = overlaps && attempt < AttemptsMax / 2 ? Within(last!, part.Rng) : InTurn(number, attempt, part.Rng);
            var outbox = new Outbox(part.Rng.Fork($"delays-{attempt}")) { ActivityLatest = stage.Outbox.ActivityLatest };
            var scene = new Scene(outbox, part.Rng) { MissingResolves = MissingResolves, WrongBy = clocks };
            var plot = new Plot(part with { Outbox = outbox }, customer, scene, begin) { StormAlerts = options.StormAlerts };
            var outcome = Play(kind, plot);
            if (scene.End > -1500 || !Conditions.TryTake(scene.Claims)) { continue; }

            stage.Outbox.Take(outbox);
            return Truth(id, kind, plot, outcome);
        }

        throw new ValidationException($"There is no room for {options.FailuresPerCustomer} failures in {options.Hours} hours.");
    }

    private static TruthFailure Truth(string id, FailureKind kind, Plot plot, Outcome outcome) => new()
    {
        Id = id,
        Kind = JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()),
        Customer = plot.Customer.Key,
        PlatformEvent = outcome.PlatformEvent,
        RootResource = outcome.Root,
        AlsoRight = outcome.AlsoRight.Count > 0 ? outcome.AlsoRight : null,
        Cause = outcome.Cause,
        Start = plot.Scene.Changes.Where(c => c.Role == "cause").Select(c => c.At).Append(plot.Begin).Min(),
        End = Math.Max(plot.Scene.End, plot.Until),
        MinIncidents = outcome.MinIncidents,
        Symptoms = plot.Scene.Symptoms,
        Changes = plot.Scene.Changes,
    };

    /// <summary>A time while another failure is under way.</summary>
    private static double Within(TruthFailure last, Rng rng) =>
        Math.Round(Math.Min(LastBegin, last.Start + ((last.End - last.Start) * rng.Between(0, 0.7))), 3);

    /// <summary>A time in the failure's own part of the hours; anywhere, where that has no room.</summary>
    private double InTurn(int number, int attempt, Rng rng)
    {
        var (first, length) = (stage.Start + FirstBegin, LastBegin - stage.Start - FirstBegin);
        var share = attempt < AttemptsMax / 2
            ? (number + rng.Between(0.05, 0.95)) / options.FailuresPerCustomer
            : rng.Unit();
        return Math.Round(first + (length * share), 3);
    }

    /// <summary>Every kind as often as every other, in any order.</summary>
    private FailureKind NextKind()
    {
        if (deck.Count == 0)
        {
            var kinds = options.Kinds.Distinct().Order().ToList();
            while (kinds.Count > 0)
            {
                var next = stage.Rng.Pick(kinds);
                kinds.Remove(next);
                deck.Enqueue(next);
            }
        }

        return deck.Dequeue();
    }

    private static Outcome Play(FailureKind kind, Plot plot) => kind switch
    {
        FailureKind.DatabaseFailover => TuningPlots.Database(plot),
        FailureKind.BadDeployment => TuningPlots.Deployment(plot),
        FailureKind.RegionEvent => TuningPlots.Region(plot),
        FailureKind.DiskFilling => TuningPlots.Disk(plot),
        FailureKind.NightlyJob => TuningPlots.Job(plot),
        FailureKind.NoisyRule => TuningPlots.Noisy(plot),
        FailureKind.ElasticPoolStarved => ElasticPoolStarved.Play(plot),
        FailureKind.PlanSaturated => PlanSaturated.Play(plot),
        FailureKind.CertificateExpired => CertificateExpired.Play(plot),
        FailureKind.TunnelFlapping => TunnelFlapping.Play(plot),
        FailureKind.NodePoolUpgrade => NodePoolUpgrade.Play(plot),
        FailureKind.BadRollout => BadRollout.Play(plot),
        FailureKind.KeyRegenerated => KeyRegenerated.Play(plot),
        FailureKind.DnsLinkDeleted => DnsLinkDeleted.Play(plot),
        FailureKind.RoleRemoved => RoleRemoved.Play(plot),
        FailureKind.BacklogCascade => BacklogCascade.Play(plot),
        FailureKind.AlertStorm => AlertStorm.Play(plot),
        FailureKind.FirewallBlocksVisitors => FirewallBlocksVisitors.Play(plot),
        FailureKind.QuotaExhausted => QuotaExhausted.Play(plot),
        FailureKind.HubFirewallRule => HubFirewallRule.Play(plot),
        _ => throw new ValidationException($"'{kind}' is no kind of failure."),
    };
}

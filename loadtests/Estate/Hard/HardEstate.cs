using System.ComponentModel.DataAnnotations;
using Correlation.Estate.Background;
using Correlation.Estate.Failures;
using Correlation.Estate.Model;
using Correlation.Estate.Wire;

namespace Correlation.Estate.Hard;

/// <summary>
/// An estate in which failures share infrastructure, overlap and hide in noise; in which resolved messages are missing,
/// activity
/// logs come twenty minutes late, clocks are wrong, and two customers have resources of the same names.
/// </summary>
internal static class HardEstate
{
    /// <summary>How late an activity-log record may come, in seconds: what is batched for two more minutes is 20 minutes late.
    /// </summary>
    private const double ActivityLatest = 1200;

    public static EstateDay Generate(EstateOptions options)
    {
        Check(options);
        var rng = new Rng(options.Seed).Fork("hard");
        var customers = LargeEstateBuilder.Build(rng.Fork("model"));
        var outbox = new Outbox(rng.Fork("delays")) { ActivityLatest = ActivityLatest };
        var stage = new Stage(customers, outbox, new Calendar(customers), rng, options.Hours);
        var clocks = WrongClocks.Of(customers, rng.Fork("clocks"));
        var director = new Director(stage, options, clocks);
        var failures = director.PlantAll();
        var symptoms = failures.Sum(f => f.Symptoms.Count);
        var noise = HardNoise.Play(stage.For("noise"), director.Conditions, clocks, (int)(symptoms * options.NoiseFactor));
        HarmlessDeployments.Play(stage.For("deployments"), failures);
        if (options.QuietTraffic) { QuietTraffic.Play(stage.For("quiet")); }

        var drafts = Assembler.Assemble(
            outbox.Planned, rng.Fork("imperfections"), stage.Start, customers[0]["ops/storage"]);
        var truth = TruthWriter.Write(options, customers, failures, noise, drafts);
        return new EstateDay([.. drafts.Select(d => new WireMessage(d.At, d.Body))], truth);
    }

    private static void Check(EstateOptions options)
    {
        if (options.FailuresPerCustomer is < 1 or > 100)
        {
            throw new ValidationException("FailuresPerCustomer must be from 1 to 100.");
        }

        if (options.Overlap is not (>= 0 and <= 1)) { throw new ValidationException("Overlap must be from 0 to 1."); }

        if (options.NoiseFactor is not (>= 0 and <= 20)) { throw new ValidationException("NoiseFactor must be from 0 to 20."); }

        if (options.StormAlerts is < 20 or > 50_000) { throw new ValidationException("StormAlerts must be from 20 to 50,000."); }
    }
}

using System.ComponentModel.DataAnnotations;
using Correlation.Estate.Background;
using Correlation.Estate.Failures;
using Correlation.Estate.Hard;
using Correlation.Estate.Model;
using Correlation.Estate.Wire;

namespace Correlation.Estate;

/// <summary>
/// An Azure estate of several customers with planted failures, what Azure sends of it, and the ground truth: the demo's with
/// six kinds of failure, none near another, or the hard one with the kinds that are asked for. It knows Azure's formats
/// only: nothing of the product is referenced, so that it can judge the product.
/// </summary>
public static class AzureEstate
{
    /// <summary>Makes the estate; equal options give equal bytes.</summary>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static EstateDay Generate(EstateOptions options)
    {
        if (options.Hours is < 24 or > 336) { throw new ValidationException("Hours must be from 24 to 336."); }

        if (options.Kinds.Count > 0) { return HardEstate.Generate(options); }

        var rng = new Rng(options.Seed);
        var customers = EstateBuilder.Build(rng.Fork("model"));
        var outbox = new Outbox(rng.Fork("delays"));
        var stage = new Stage(customers, outbox, new Calendar(customers), rng, options.Hours);
        List<TruthFailure> failures =
        [
            DatabaseFailover.Plant(stage.For("database-failover")),
            BadDeployment.Plant(stage.For("bad-deployment")),
            .. RegionEvent.Plant(stage.For("region-event")),
            DiskFilling.Plant(stage.For("disk-filling")),
            .. NightlyJob.Plant(stage.For("nightly-job")),
            NoisyRule.Plant(stage.For("noisy-rule")),
        ];
        var noise = NoiseSymptoms.Play(stage.For("noise"));
        QuietTraffic.Play(stage.For("quiet"));
        var writer = customers[0]["ops/storage"];
        var drafts = Assembler.Assemble(outbox.Planned, rng.Fork("imperfections"), stage.Start, writer);
        var truth = TruthWriter.Write(options, customers, failures, noise, drafts);
        return new EstateDay([.. drafts.Select(d => new WireMessage(d.At, d.Body))], truth);
    }
}

using System.Globalization;

namespace Correlation.Simulation.Tests;

/// <summary>
/// One fault and no other, at every moment at which it could happen in a run: between any two steps of any hop, at any call, at
/// any write. <c>SIM_MOMENTS</c> says how many of the moments are taken; 0 for all of them.
/// </summary>
public sealed class SingleFaultTests(ITestOutputHelper output)
{
    private const int MomentsUsually = 120;
    private const ulong Seed = 11;

    [Fact]
    public void A_kill_between_any_two_steps_changes_nothing() => Sweep(SimFault.Kill);

    [Fact]
    public void A_silo_that_stands_still_at_any_step_and_goes_on_when_it_is_thought_dead_changes_nothing() =>
        Sweep(SimFault.Zombie);

    [Fact]
    public void Any_call_that_is_lost_changes_nothing() => Sweep(SimFault.LostCall);

    [Fact]
    public void Any_answer_that_is_lost_changes_nothing() => Sweep(SimFault.LostAnswer);

    [Fact]
    public void Any_write_whose_outcome_is_unknown_changes_nothing() => Sweep(SimFault.UnknownWrite);

    [Fact]
    public void A_second_activation_of_any_resource_customer_or_remediation_changes_nothing() => Sweep(SimFault.DoubleActivation);

    [Fact]
    public void A_second_reader_at_any_step_changes_nothing() => Sweep(SimFault.SecondReader);

    [Fact]
    public void An_activation_that_ends_at_any_step_changes_nothing() => Sweep(SimFault.Deactivation);

    [Fact]
    public void A_kill_between_any_two_steps_changes_nothing_of_what_is_parked() => Sweep(SimFault.Kill, parks: true);

    private void Sweep(SimFault fault, bool parks = false)
    {
        var quiet = Run(new SimScript(fault, -1), parks);
        var moments = quiet.BusyMoments;
        var wanted = int.Parse(
            Environment.GetEnvironmentVariable("SIM_MOMENTS") ?? $"{MomentsUsually}", CultureInfo.InvariantCulture);
        var step = wanted == 0 ? 1 : Math.Max(1, moments / wanted);
        var happened = 0;
        for (var at = 0L; at < moments; at += step)
        {
            if (Run(new SimScript(fault, at), parks).World.Faults.Moments > at) happened++;
        }

        output.WriteLine($"{fault} at {happened} of {moments} moments");
        Assert.True(happened > 0, "The fault must be real: it could happen at no moment.");
    }

    private static SimRun Run(SimScript script, bool parks)
    {
        var run = new SimRun(Seed, SimMutant.None, parks, script);
        try
        {
            run.Go();
            SimAudit.Check(run);
            return run;
        }
        catch (Exception error)
        {
            var trace = string.Join(Environment.NewLine, run.World.Trace);
            throw new InvalidOperationException(
                $"{script.Fault} at moment {script.At} failed: {error.Message}{Environment.NewLine}{trace}", error);
        }
    }
}

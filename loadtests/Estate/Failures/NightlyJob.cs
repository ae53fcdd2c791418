using Correlation.Estate.Model;

namespace Correlation.Estate.Failures;

/// <summary>A job fails the same way at the same time each night: an incident a night, one problem.</summary>
internal static class NightlyJob
{
    public const string Problem = "nightly-index-rebuild";

    private const double Day = 24 * 3600;
    private const double First = 3 * 3600;

    /// <summary>A time about halfway between two nights: on the night of a share of the hours, 13 hours after the
    /// job.</summary>
    public static double HalfADayAfter(Stage stage, double share) =>
        stage.Start + First + (Math.Floor(share * stage.Hours / 24) * Day) + (13 * 3600);

    public static IEnumerable<TruthFailure> Plant(Stage stage)
    {
        var night = 0;
        for (var begin = stage.Start + First; begin < -3600; begin += Day)
        {
            yield return Night(stage, begin, ++night);
        }
    }

    private static TruthFailure Night(Stage stage, double begin, int night)
    {
        var (customer, scene) = (stage.Customer("fabrikam"), stage.NewScene());
        var account = customer["ops/automation"];
        Play(stage, scene, customer, account, begin);
        stage.Calendar.Claim(account, begin, scene.End);
        return new TruthFailure
        {
            Id = $"nightly-job-{night}",
            Kind = "nightlyJob",
            Customer = customer.Key,
            Problem = Problem,
            RootResource = account.Id,
            Cause = "The nightly runbook Rebuild-Indexes lacks its credential.",
            Start = begin,
            End = scene.End,
            Symptoms = scene.Symptoms,
        };
    }

    /// <summary>Plays one failed run.</summary>
    public static void Play(Stage stage, Scene scene, CustomerEstate customer, AzureResource account, double begin)
    {
        var failed = stage.After(begin, 180);
        scene.FailedJob(account, "Rebuild-Indexes", failed);
        scene.FailedOperation(customer, account, "Microsoft.Automation/automationAccounts/jobs/write", Math.Round(failed + 3, 3),
            "The job Rebuild-Indexes failed: the credential 'sql-maintenance' was not found.");
        scene.Alert(Rules.RunbookFailed, account, stage.After(failed, 240), stage.After(failed, 1100));
        scene.Alert(Rules.FailedJobs, account, stage.After(failed, 190), stage.After(failed, 800));
    }
}

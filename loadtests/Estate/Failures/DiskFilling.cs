using Correlation.Estate.Model;

namespace Correlation.Estate.Failures;

/// <summary>A database machine's data disk fills over hours: a warning, an error, then the service and what needs it.</summary>
internal static class DiskFilling
{
    /// <summary>After the end of the estate: it is the failure that is open when somebody looks.</summary>
    private const double NotYet = 3600;

    /// <summary>The newest log records that have arrived by the end.</summary>
    private const double Reached = -600;

    public static TruthFailure Plant(Stage stage)
    {
        var (customer, scene) = (stage.Customer("northwind"), stage.NewScene());
        var (sql, app) = (customer["erp/sql01"], customer["erp/app01"]);
        var broken = stage.After(0, -2400);
        var error = stage.After(broken, -1300);
        var warned = stage.After(error, -6300);
        var begin = stage.After(warned, -3600);
        Play(stage, scene, (sql, app), (warned, error, broken), (Reached, NotYet));
        Fill(stage, sql, (begin, NotYet));
        stage.Calendar.Claim(sql, warned, scene.End);
        return new TruthFailure
        {
            Id = "disk-filling",
            Kind = "diskFilling",
            Customer = customer.Key,
            RootResource = sql.Id,
            Cause = "The data disk of the ERP's database machine filled up; nobody has extended it yet.",
            Start = begin,
            End = NotYet,
            Symptoms = scene.Symptoms,
            Changes = scene.Changes,
        };
    }

    /// <summary>Plays it on a machine and one that needs it.</summary>
    public static void Play(Stage stage, Scene scene, (AzureResource Sql, AzureResource App) at,
        (double Warned, double Error, double Broken) when, (double Reached, double End) over)
    {
        var (sql, app) = at;
        var (warned, error, broken) = when;
        scene.Alert(Rules.DiskWarning, sql, warned, over.End);
        scene.Alert(Rules.DiskError, sql, error, over.End);
        scene.MachineErrors(sql, "The transaction log for database 'ERP' is full due to 'NOTHING'.", broken, over.Reached, 18);
        scene.Alert(Rules.ServiceStopped, sql, stage.After(broken, 200), over.End);
        scene.MachineErrors(app, "Order service: cannot write to database 'ERP'.", stage.After(broken, 60), over.Reached, 12);
        scene.Alert(Rules.Dependencies, app, stage.After(broken, 320), over.End);
    }

    /// <summary>The guest's free space, falling in a straight line.</summary>
    private static void Fill(Stage stage, AzureResource machine, (double Begin, double Fix) when)
    {
        for (var minute = Math.Ceiling(stage.Start / 60) * 60; minute < -600; minute += 600)
        {
            var share = Math.Clamp((minute - when.Begin + 3600) / (when.Fix - when.Begin), 0, 1);
            var free = minute < when.Begin - 3600 ? 34 : 34 - (share * 33);
            var average = Math.Round(free + stage.Rng.Between(-0.3, 0.3), 2);
            stage.Outbox.Metric(machine, minute, 130, Wire.MetricPayloads.Of(machine, "FreeSpacePercentage", minute, average, 1));
        }
    }
}

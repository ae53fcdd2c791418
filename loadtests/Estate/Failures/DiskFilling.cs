namespace Correlation.Estate.Failures;

/// <summary>A database machine's data disk fills over hours: a warning, an error, then the service and what needs it.</summary>
internal static class DiskFilling
{
    public static TruthFailure Plant(Stage stage)
    {
        var (customer, scene) = (stage.Customer("northwind"), stage.NewScene());
        var (sql, app) = (customer["erp/sql01"], customer["erp/app01"]);
        var begin = stage.At(0.72);
        var warned = stage.After(begin, 3600);
        var error = stage.After(warned, 6300);
        var broken = stage.After(error, 1300);
        var fix = stage.After(broken, 2700);
        scene.Alert(Rules.DiskWarning, sql, warned, stage.After(fix, 420));
        scene.Alert(Rules.DiskError, sql, error, stage.After(fix, 360));
        scene.MachineErrors(sql, "The transaction log for database 'ERP' is full due to 'NOTHING'.", broken, fix, 18);
        scene.Alert(Rules.ServiceStopped, sql, stage.After(broken, 200), stage.After(fix, 480));
        scene.MachineErrors(app, "Order service: cannot write to database 'ERP'.", stage.After(broken, 60), fix, 12);
        scene.Alert(Rules.Dependencies, app, stage.After(broken, 320), stage.After(fix, 560));
        scene.Change(customer, customer["erp/sql01-data"].Id, "Microsoft.Compute/disks/write", fix, "fix");
        Fill(stage, sql, (begin, fix));
        stage.Calendar.Claim(sql, warned, scene.End);
        return new TruthFailure
        {
            Id = "disk-filling",
            Kind = "diskFilling",
            Customer = customer.Key,
            RootResource = sql.Id,
            Cause = "The data disk of the ERP's database machine filled up; extending it ended it.",
            Start = begin,
            End = scene.End,
            Symptoms = scene.Symptoms,
            Changes = scene.Changes,
        };
    }

    /// <summary>The guest's free space, falling in a straight line, then mended.</summary>
    private static void Fill(Stage stage, Model.AzureResource machine, (double Begin, double Fix) when)
    {
        for (var minute = Math.Ceiling(stage.Start / 60) * 60; minute < -600; minute += 600)
        {
            var share = Math.Clamp((minute - when.Begin + 3600) / (when.Fix - when.Begin), 0, 1);
            var free = minute < when.Begin - 3600 ? 34 : minute > when.Fix ? 58 : 34 - (share * 33);
            var average = Math.Round(free + stage.Rng.Between(-0.3, 0.3), 2);
            stage.Outbox.Metric(machine, minute, 130, Wire.MetricPayloads.Of(machine, "FreeSpacePercentage", minute, average, 1));
        }
    }
}

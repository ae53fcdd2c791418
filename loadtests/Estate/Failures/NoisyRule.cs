namespace Correlation.Estate.Failures;

/// <summary>A rule of low severity fires and resolves all day and means nothing.</summary>
internal static class NoisyRule
{
    public static TruthFailure Plant(Stage stage)
    {
        var (customer, scene) = (stage.Customer("northwind"), stage.NewScene());
        var bus = customer["telemetry/bus"];
        var first = Math.Round(stage.Start + 900, 3);
        var number = 0;
        for (var fired = first; fired < -3000; fired = stage.After(fired, stage.Rng.Between(1300, 2900)))
        {
            var resolved = stage.After(fired, stage.Rng.Between(240, 600));
            scene.Alert(Rules.Throttled, bus, fired, resolved, overtaken: number++ % 9 == 4);
        }

        stage.Calendar.Claim(bus, stage.Start, 0);
        return new TruthFailure
        {
            Id = "noisy-rule",
            Kind = "noisyRule",
            Customer = customer.Key,
            RootResource = bus.Id,
            Cause = "A threshold of 5 throttled requests is far too low for this namespace; nothing is wrong.",
            Start = stage.Start,
            End = scene.End,
            MinIncidents = 0,
            Symptoms = scene.Symptoms,
        };
    }
}

using Correlation.LoadTests;
using Correlation.LoadTests.AlertStorm;
using Correlation.LoadTests.Chaos;
using Correlation.LoadTests.Decode;
using Correlation.LoadTests.EventHubs;
using Correlation.LoadTests.Fairness;
using Correlation.LoadTests.Growth;
using Correlation.LoadTests.Latency;
using Correlation.LoadTests.Memory;
using Correlation.LoadTests.Recovery;
using Correlation.LoadTests.Shared;
using Correlation.LoadTests.Soak;
using Correlation.LoadTests.Throughput;
using Correlation.LoadTests.Versus;

Dictionary<string, (string Usage, Func<Arguments, Task<int>> Run)> verbs = new()
{
    ["estate"] = (EstateVerb.Usage, EstateVerb.RunAsync),
    ["throughput"] = (ThroughputVerb.Usage, ThroughputVerb.RunAsync),
    ["chaos"] = (ChaosVerb.Usage, ChaosVerb.RunAsync),
    ["fairness"] = (FairnessVerb.Usage, FairnessVerb.RunAsync),
    ["alert-storm"] = (AlertStormVerb.Usage, AlertStormVerb.RunAsync),
    ["storm"] = (StormVerb.Usage, StormVerb.RunAsync),
    ["latency"] = (LatencyVerb.Usage, LatencyVerb.RunAsync),
    ["soak"] = (SoakVerb.Usage, SoakVerb.RunAsync),
    ["growth"] = (GrowthVerb.Usage, GrowthVerb.RunAsync),
    ["memory"] = (MemoryVerb.Usage, MemoryVerb.RunAsync),
    ["recovery"] = (RecoveryVerb.Usage, RecoveryVerb.RunAsync),
    ["versus-alertmanager"] = (VersusVerb.Usage, VersusVerb.RunAsync),
    ["eventhubs"] = (EventHubsVerb.Usage, EventHubsVerb.RunAsync),
    ["decode"] = ("decode [--rounds N] [--only FAMILY]", DecodeVerb.RunAsync),
};

if (args.Length == 0 || !verbs.TryGetValue(args[0], out var verb))
{
    Console.Error.WriteLine("usage: loadtests SCENARIO ...");
    foreach (var (usage, _) in verbs.Values) { Console.Error.WriteLine($"  {usage}"); }

    return 2;
}

using var cleanup = Cleanup.Watch();
try
{
    return await verb.Run(Arguments.Parse(args.AsSpan(1)));
}
catch (ArgumentException e)
{
    Console.Error.WriteLine($"{e.Message}\nusage: loadtests {verb.Usage}");
    return 2;
}

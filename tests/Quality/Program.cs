using Correlation.Quality;
using Correlation.Quality.Causes;
using Correlation.Quality.Estate;
using Correlation.Quality.Grouping;
using Correlation.Quality.Incidents;
using Correlation.Quality.Recorded;
using Correlation.Quality.RootCause;
using Correlation.Quality.Weights;

Dictionary<string, (string Usage, Func<Arguments, IReadOnlyDictionary<string, object>> Run)> commands = new()
{
    ["predict grouping"] = ("IN.csv OUT.csv", PredictGrouping.Run),
    ["predict rootcause"] = ("IN.jsonl --graphs G.jsonl [--history H.jsonl | --folds K] OUT.jsonl", PredictRootCause.Run),
    ["predict incidents"] = ("NEZHA_DIR --day D OUT.jsonl", PredictIncidents.Run),
    ["predict causes"] = ("ALARMS.csv OUT.csv", PredictCauses.Run),
    ["predict signals"] = ("SIGNALS.jsonl [--customers customers.json] OUT.json", PredictSignals.Run),
    ["score estate"] = ("--seeds A..B [--hours H] [--kinds tuning|reporting|7-12,… " + HardScore.Usage + "]", ScoreEstate.Run),
    ["fit"] = ("--seeds A..B [--rounds N] [--start FILE] [--kinds 1-6] [--hours H] " + HardScore.Usage + " OUT.json", Fit.Run),
    ["ablate"] = ("--seeds A..B [--of causes] [--kinds tuning|reporting] [--hours H] " + HardScore.Usage, Ablate.Run),
};

var words = args.Length > 0 && commands.ContainsKey(args[0]) ? 1 : 2;
var name = string.Join(' ', args.Take(words));
if (!commands.TryGetValue(name, out var command))
{
    Console.Error.WriteLine("usage: quality COMMAND ...");
    foreach (var (verb, (usage, _)) in commands) Console.Error.WriteLine($"  {verb} {usage}");
    return 2;
}

try
{
    var watch = System.Diagnostics.Stopwatch.StartNew();
    var arguments = Arguments.Parse(args.AsSpan(words));
    Judgement.Read(arguments);
    var figures = new Dictionary<string, object>(command.Run(arguments))
    {
        ["seconds"] = Math.Round(watch.Elapsed.TotalSeconds, 2),
    };
    Console.WriteLine($"RESULT {System.Text.Json.JsonSerializer.Serialize(figures)}");
    return 0;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine($"{e.Message}\nusage: quality {name} {command.Usage}");
    return 2;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

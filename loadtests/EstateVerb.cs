using System.Globalization;
using Correlation.Estate;

namespace Correlation.LoadTests;

/// <summary>Writes an estate's messages, ground truth and customers into a folder.</summary>
internal static class EstateVerb
{
    public static Task<int> RunAsync(Arguments arguments)
    {
        var options = new EstateOptions
        {
            Seed = (ulong)arguments.Number("seed", 1),
            Hours = (int)arguments.Number("hours", 48),
        };
        var folder = arguments.Text("out");
        var day = AzureEstate.Generate(options);
        BundleWriter.Write(day, folder);
        var counts = day.Truth.Counts;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{counts.Messages} messages, {counts.Records} records ({counts.Metrics} metrics, {counts.Logs} logs, ")
            + string.Create(CultureInfo.InvariantCulture,
            $"{counts.Activity} activity, {counts.Alerts} alerts), {counts.Late} late, {counts.Duplicates} duplicates"));
        return Task.FromResult(0);
    }
}

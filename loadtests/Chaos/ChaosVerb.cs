using System.Globalization;

namespace Correlation.LoadTests.Chaos;

/// <summary>Breaks a cluster of real processes under load, and shows that nothing was lost and nothing counted twice.</summary>
internal static class ChaosVerb
{
    public const string Usage =
        "chaos [--silos 3] [--minutes 5] [--seed 1] [--rate MESSAGES_PER_SECOND] [--faults 1] [--other-binaries DIR] "
        + "[--keep DIR]";

    /// <returns>0 where the promise was kept, 1 where it was not.</returns>
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var keep = arguments.Text("keep", "");
        var options = new ChaosOptions(
            (int)arguments.Number("silos", 3),
            double.Parse(arguments.Text("minutes", "5"), CultureInfo.InvariantCulture),
            (ulong)arguments.Number("seed", 1),
            double.Parse(arguments.Text("rate", "0"), CultureInfo.InvariantCulture),
            keep.Length > 0)
        {
            Faults = arguments.Number("faults", 1) != 0,
            OtherBinaries = arguments.Text("other-binaries", "") is { Length: > 0 } other ? Path.GetFullPath(other) : null,
        };
        var folder = options.Keep ? Directory.CreateDirectory(keep) : Directory.CreateTempSubdirectory("chaos-");
        try
        {
            var figures = await new ChaosRun(options, folder.FullName).RunAsync();
            foreach (var line in figures.Lines()) Console.WriteLine(line);
            Console.WriteLine($"RESULT {figures.Json()}");
            return figures.IsKept ? 0 : 1;
        }
        finally
        {
            if (!options.Keep) folder.Delete(recursive: true);
        }
    }
}

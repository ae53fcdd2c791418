using System.Globalization;

namespace Correlation.LoadTests.Shared;

/// <summary>What the kernel says of a process, whoever made it.</summary>
internal static class ProcessFigures
{
    private const int TicksPerSecond = 100;

    /// <summary>Its processor time so far, in user and kernel mode, in seconds; a hundredth is the finest it tells.</summary>
    public static double Cpu(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture))
            / (double)TicksPerSecond;
    }

    /// <summary>How much memory it holds, in bytes.</summary>
    public static long Resident(int process) => Kilobytes(process, "VmRSS:") * 1024;

    /// <summary>The most memory that it ever held, in bytes.</summary>
    public static long Peak(int process) => Kilobytes(process, "VmHWM:") * 1024;

    private static long Kilobytes(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}

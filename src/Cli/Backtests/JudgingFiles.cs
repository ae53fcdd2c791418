using Correlation.Customers;
using Correlation.Dependencies;
using Correlation.Replay;

namespace Correlation.Cli.Backtests;

/// <summary>Reads a configuration to judge by, and the files that it names.</summary>
internal static class JudgingFiles
{
    /// <summary>The word for the product's defaults.</summary>
    public const string Default = "default";

    /// <summary>The setup of a replay by a configuration.</summary>
    /// <param name="configuration">A file, or <see cref="Default"/>. What it names lies beside it.</param>
    /// <param name="otherwise">The customers file and Resource Graph export where it names none.</param>
    /// <exception cref="CliException">A file cannot be followed: the sentence names it.</exception>
    public static ReplaySetup Read(string configuration, (string? Customers, string? Topology) otherwise)
    {
        var settings = configuration == Default ? ReplaySettings.Default : SettingsOf(configuration);
        var folder = configuration == Default ? "" : Path.GetDirectoryName(configuration) ?? "";
        var customers = Beside(folder, settings.Customers) ?? otherwise.Customers;
        var topology = Beside(folder, settings.Topology) ?? otherwise.Topology;
        var maps = customers is null ? CustomerMaps.None : CustomersOf(customers);
        return topology is null
            ? settings.Setup(maps)
            : settings.Setup(maps, new EstateVersion(1, DateTimeOffset.MinValue, GraphOf(topology)));
    }

    private static string? Beside(string folder, string? path) =>
        string.IsNullOrEmpty(path) ? null : Path.Combine(folder, path);

    private static ReplaySettings SettingsOf(string file)
    {
        try
        {
            return ReplaySettings.Read(File.ReadAllText(file));
        }
        catch (ReplaySettingsException error)
        {
            throw Wrong(file, error.Message);
        }
    }

    private static CustomerMaps CustomersOf(string file)
    {
        try
        {
            return new CustomerMaps(new CustomerMap(CustomerFileReader.Read(File.ReadAllText(file))));
        }
        catch (CustomerFileException error)
        {
            throw Wrong(file, error.Message);
        }
    }

    private static EstateGraph GraphOf(string file)
    {
        try
        {
            return ResourceGraphReader.Read(File.ReadAllText(file));
        }
        catch (ResourceGraphException error)
        {
            throw Wrong(file, error.Message);
        }
    }

    private static CliException Wrong(string file, string why) =>
        new(ExitCode.Usage, $"{TerminalText.Clean(file)}: {string.Join('\n', why.Split('\n').Select(TerminalText.Clean))}");
}

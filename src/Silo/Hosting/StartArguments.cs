namespace Correlation.Silo.Hosting;

/// <summary>The arguments of the process. Configuration passes over what it does not know, but whoever typed it meant
/// something.</summary>
internal static class StartArguments
{
    /// <summary>The switch that replays the bundled estate.</summary>
    public const string DemoSwitch = "--demo";

    /// <summary>What the process is told with its arguments, for people.</summary>
    public const string Usage = """
        Usage: Correlation.Silo [--demo] [--urls=ADDRESS[;ADDRESS...]] [--KEY=VALUE ...]

          --demo           replays the bundled estate: three customers, 48 hours, six planted failures
          --urls=ADDRESS   where to listen; else http://127.0.0.1:8080
          --KEY=VALUE      any setting, for example --Correlation:SiloPort=11112 --Correlation:GatewayPort=30001
                           or --Logging:LogLevel:Default=Warning; --KEY VALUE is the same
          --help, -h       this text

        State lies in ./data; --CORRELATION_DATA_DIR=FOLDER, or the environment variable of that name, chooses another.
        """;

    private const string Prefix = "--";
    private const string TelemetryPrefix = "OTEL_";
    private static readonly string[] HelpSwitches = ["--help", "-h"];

    /// <summary>The settings that the process reads, and the sections of which it reads everything; a test holds them
    /// against the source.</summary>
    private static readonly string[] Known =
    [
        WebHostDefaults.ServerUrlsKey, WebHostDefaults.EnvironmentKey, WebHostDefaults.ContentRootKey,
        SiloSettings.FolderVariable, SiloSettings.DemoOnceKey, SiloSettings.SiloPortKey, SiloSettings.GatewayPortKey,
        SiloSettings.RoleKey,
        "Correlation:Archive", "Correlation:Causes", "Correlation:Collections", "Correlation:Configuration", "Correlation:Credit",
        "Correlation:Customers", "Correlation:Decoding", "Correlation:Failures",
        "Correlation:Flush", "Correlation:Grouping", "Correlation:Incidents", "Correlation:Parking", "Correlation:Problems",
        "Correlation:Reader", "Correlation:Remediation", "Correlation:Resources", "Correlation:Storage", "Correlation:Stream",
        "Correlation:Topology",
        "Orleans", "Storage", "Streams", "Gateway", "Kestrel", "Logging", "AllowedHosts",
    ];

    /// <summary>Whether the arguments ask for <see cref="Usage"/> and nothing else.</summary>
    public static bool AskForHelp(string[] args) => args.Any(HelpSwitches.Contains);

    /// <summary>Checks that each argument will be followed.</summary>
    /// <exception cref="StartException">One would not; it is named.</exception>
    public static void Check(string[] args)
    {
        for (var at = 0; at < args.Length; at++)
        {
            if (args[at] == DemoSwitch) continue;
            var parts = args[at].Split('=', 2);
            var name = parts[0];
            if (!IsKnown(name)) throw Refused(name, "is no argument of this program");
            if (parts.Length == 2) continue;
            if (++at == args.Length || args[at].StartsWith(Prefix, StringComparison.Ordinal))
                throw Refused(name, "has no value");
        }
    }

    private static bool IsKnown(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var key = name[Prefix.Length..];
        return key.StartsWith(TelemetryPrefix, StringComparison.OrdinalIgnoreCase) || Known.Any(known => IsIn(key, known));
    }

    private static bool IsIn(string key, string section) =>
        key.Equals(section, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith(section + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase);

    private static StartException Refused(string name, string why) => new($"'{name}' {why}: --help lists what it understands");
}

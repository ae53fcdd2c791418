using System.Net;
using Microsoft.AspNetCore.DataProtection;

namespace Correlation.Silo.Hosting;

/// <summary>What the command line and the environment say of this process.</summary>
/// <param name="DataFolder">Where everything that the embedded default writes lies (<c>CORRELATION_DATA_DIR</c>,
/// default <c>./data</c>).</param>
/// <param name="Demo">Whether to replay the bundled estate (<c>--demo</c>).</param>
/// <param name="DemoOnce">Whether a demo that was replayed whole is not replayed again (<c>Correlation:DemoOnce</c>).</param>
/// <param name="SiloPort">Where other silos reach this one (<c>Correlation:SiloPort</c>).</param>
/// <param name="GatewayPort">Where clients of the cluster do (<c>Correlation:GatewayPort</c>).</param>
internal sealed record SiloSettings(string DataFolder, bool Demo, bool DemoOnce, int SiloPort, int GatewayPort)
{
    /// <summary>What this process is (<c>Correlation:Role</c>).</summary>
    public ProcessRole Role { get; init; }

    /// <summary>Whether it is one of several processes, whose membership a provider keeps
    /// (<c>Orleans:Clustering:ProviderType</c>).</summary>
    public bool IsClustered { get; init; }

    /// <summary>Where <see cref="Role"/> is configured.</summary>
    public const string RoleKey = "Correlation:Role";

    /// <summary>Where the provider of the membership is configured.</summary>
    public const string ProviderKey = "Orleans:Clustering:ProviderType";

    /// <summary>Where the process listens when nothing else is configured.</summary>
    public const string DefaultAddress = "http://127.0.0.1:8080";

    /// <summary>The environment variable that names the data folder.</summary>
    public const string FolderVariable = "CORRELATION_DATA_DIR";

    /// <summary>Where <see cref="DemoOnce"/> is configured.</summary>
    public const string DemoOnceKey = "Correlation:DemoOnce";

    /// <summary>Where <see cref="SiloPort"/> is configured.</summary>
    public const string SiloPortKey = "Correlation:SiloPort";

    /// <summary>Where <see cref="GatewayPort"/> is configured.</summary>
    public const string GatewayPortKey = "Correlation:GatewayPort";

    /// <summary>The customers file.</summary>
    public string CustomersFile => Path.Combine(DataFolder, "customers.json");

    /// <summary>Where the Resource Graph export is looked for unless its path is configured.</summary>
    public string ResourceGraphFile => Path.Combine(DataFolder, "resource-graph.json");

    /// <summary>The remediation rules.</summary>
    public string RulesFile => Path.Combine(DataFolder, "rules.yaml");

    /// <summary>What signs cookies and forms; for this process's eyes only.</summary>
    public string KeysFolder => Path.Combine(DataFolder, "keys");

    /// <summary>The port of the first address that the process listens on, for rules that call this process.</summary>
    public int Port(WebApplicationBuilder builder)
    {
        var first = builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey)?.Split(';')[0];
        return ParseAddress(first ?? DefaultAddress).Port;
    }

    /// <summary>Reads an address to listen on.</summary>
    /// <exception cref="StartException">It is none.</exception>
    public static BindingAddress ParseAddress(string address)
    {
        try
        {
            return BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            throw new StartException($"'{address}' is no address to listen on: give one like --urls={DefaultAddress}");
        }
    }
}

/// <summary>What a process of the product is.</summary>
internal enum ProcessRole
{
    /// <summary>A silo, which serves the gateway too.</summary>
    Silo,

    /// <summary>A client of the cluster that serves the gateway.</summary>
    Gateway,
}

/// <summary>Reads the settings of the process.</summary>
internal static class SettingsRegistration
{
    private const int DefaultSiloPort = 11111;
    private const int DefaultGatewayPort = 30000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>A host whose settings file lies beside the program, wherever it is started from.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args) =>
        WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // A switch without a value would take the argument behind it for its value.
            Args = [.. args.Where(argument => argument != StartArguments.DemoSwitch)],
            ContentRootPath = AppContext.BaseDirectory,
        });

    /// <summary>Reads <c>CORRELATION_DATA_DIR</c> and <c>--demo</c>,
    /// and sets the default address where none is configured.</summary>
    public static SiloSettings AddSettings(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var folder = configuration[SiloSettings.FolderVariable];
        var settings = new SiloSettings(
            Path.GetFullPath(string.IsNullOrWhiteSpace(folder) ? "data" : folder),
            Environment.GetCommandLineArgs().Contains(StartArguments.DemoSwitch),
            bool.TryParse(configuration[SiloSettings.DemoOnceKey], out var once) && once,
            PortOf(configuration, SiloSettings.SiloPortKey, DefaultSiloPort),
            PortOf(configuration, SiloSettings.GatewayPortKey, DefaultGatewayPort))
        {
            Role = RoleOf(configuration),
            IsClustered = !string.IsNullOrWhiteSpace(configuration[SiloSettings.ProviderKey]),
        };
        if (string.IsNullOrWhiteSpace(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls(SiloSettings.DefaultAddress);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        return settings;
    }

    /// <summary>Keeps what signs cookies and forms, so that whoever is signed in stays so when the process starts
    /// again.</summary>
    public static void AddKeys(this WebApplicationBuilder builder, SiloSettings settings)
    {
        if (!OperatingSystem.IsWindows()) System.IO.Directory.CreateDirectory(settings.KeysFolder, OwnerOnly);
        builder.Services.AddDataProtection().SetApplicationName("correlation")
            .PersistKeysToFileSystem(new DirectoryInfo(settings.KeysFolder));
    }

    private static ProcessRole RoleOf(IConfiguration configuration)
    {
        if (configuration[SiloSettings.RoleKey] is not { Length: > 0 } text) return ProcessRole.Silo;
        return Enum.TryParse<ProcessRole>(text, ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? role
            : throw new StartException(
                $"{SiloSettings.RoleKey} is '{text}': it must be {string.Join(" or ", Enum.GetNames<ProcessRole>())}");
    }

    private static int PortOf(IConfiguration configuration, string key, int otherwise)
    {
        if (configuration[key] is not { Length: > 0 } text) return otherwise;
        return int.TryParse(text, out var port) && port is >= 1 and <= IPEndPoint.MaxPort
            ? port
            : throw new StartException($"{key} is '{text}': give a port from 1 to {IPEndPoint.MaxPort}");
    }
}

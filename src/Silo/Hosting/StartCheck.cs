using System.Net;
using System.Net.Sockets;
using Correlation.Gateway;
using Correlation.Grains.Configuration;
using Correlation.Grains.Remediation;
using Microsoft.Extensions.Options;

namespace Correlation.Silo.Hosting;

/// <summary>Finds what would stop the host on its way up, before anything has started and could be heard of by others.</summary>
internal static class StartCheck
{
    /// <summary>Checks every option, then the files that are read at start, then whether each address is free.</summary>
    /// <exception cref="StartException">Something is wrong; it says what.</exception>
    public static void CheckStart(this WebApplication app, SiloSettings settings)
    {
        CheckOptions(app.Services);
        if (settings is { Role: ProcessRole.Gateway, IsClustered: false })
        {
            throw new StartException(
                $"A gateway apart needs a cluster: set {SiloSettings.ProviderKey}, or leave {SiloSettings.RoleKey} out.");
        }

        if (settings is { Role: ProcessRole.Gateway, Demo: true })
            throw new StartException($"{StartArguments.DemoSwitch} runs in a silo: leave {SiloSettings.RoleKey} out.");
        CheckFile(app.Configuration, ConfigurationRegistration.CustomersSection);
        CheckFile(app.Configuration, ConfigurationRegistration.TopologySection);
        CheckFile(app.Configuration, RemediationRegistration.RuleFileSection);

        // The host makes them next, and would log a stack for a file that one of them refuses.
        _ = app.Services.GetServices<IHostedService>().Count();
        var addresses = Addresses(app.Configuration).ToList();
        foreach (var (_, address) in addresses) SiloSettings.ParseAddress(address);
        if (app.Services.RefusalOf(addresses.ConvertAll(address => address.Url)) is { } refusal)
            throw new StartException(refusal);
        CheckFree(addresses, settings);
    }

    private static void CheckOptions(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (InvalidOperationException unreadable)
        {
            // The binder's own word for a value of the wrong type; it names the key.
            throw new StartException($"The configuration is refused: {unreadable.Message}");
        }
    }

    /// <summary>A file may be missing from the data folder; one that was named was meant.</summary>
    private static void CheckFile(IConfiguration configuration, string section)
    {
        var key = $"{section}:{nameof(RuleFileOptions.Path)}";
        if (configuration[key] is { Length: > 0 } path && !File.Exists(path))
            throw new StartException($"There is no file {path}, which {key} names.");
    }

    /// <summary>Where the server will listen, as it finds it out itself, each with the setting that says so.</summary>
    private static IEnumerable<(string Setting, string Url)> Addresses(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint.GetSection("Url"))
            .Where(url => url.Value is not null).Select(url => (url.Path, url.Value!));
        var urls = configuration[WebHostDefaults.ServerUrlsKey] ?? SiloSettings.DefaultAddress;
        return endpoints.Any()
            ? endpoints
            : urls.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(url => (WebHostDefaults.ServerUrlsKey, url));
    }

    /// <summary>Finds all that is taken at once, so that nobody has to start anew for each.</summary>
    private static void CheckFree(List<(string Setting, string Url)> addresses, SiloSettings settings)
    {
        List<string?> found =
        [
            .. addresses.Select(address => AddressTaken(address.Setting, address.Url)),
            .. settings.Role == ProcessRole.Silo ? SiloPortsTaken(settings) : [],
        ];
        var taken = found.OfType<string>().ToList();
        if (taken.Count > 0) throw new StartException(string.Join(Environment.NewLine, taken));
    }

    private static string?[] SiloPortsTaken(SiloSettings settings) =>
    [
        PortTaken(SiloSettings.SiloPortKey, settings.SiloPort),
        PortTaken(SiloSettings.GatewayPortKey, settings.GatewayPort),
    ];

    private static string? AddressTaken(string setting, string address)
    {
        var binding = SiloSettings.ParseAddress(address);
        if (binding.IsUnixPipe || binding.IsNamedPipe || binding.Port == 0) return null;
        if (Probe(AddressOf(binding.Host), binding.Port) is not { } error) return null;
        var other = $"{binding.Scheme}://{binding.Host}:{(binding.Port % IPEndPoint.MaxPort) + 1}";
        return $"{address} {Why(error)}: choose another address with --{setting}, for example --{setting}={other}";
    }

    private static string? PortTaken(string key, int port) => Probe(IPAddress.Loopback, port) is { } error
        ? $"Port {port} of this machine {Why(error)}: choose another with --{key}=NUMBER"
        : null;

    private static IPAddress AddressOf(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address)) return address;
        return Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
    }

    /// <summary>Listens for a moment.</summary>
    /// <returns>What stood against it; null for nothing.</returns>
    private static SocketException? Probe(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return null;
        }
        catch (SocketException error)
        {
            return error;
        }
    }

    private static string Why(SocketException error) => error.SocketErrorCode == SocketError.AddressAlreadyInUse
        ? "is taken by another program"
        : $"cannot be listened on ({error.Message})";
}

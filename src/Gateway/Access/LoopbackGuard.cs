using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace Correlation.Gateway.Access;

/// <summary>Without a configured key the gateway serves this machine only: the host does not start on any other address, and
/// a request that comes another way (or that a foreign web page sends through a browser here) is refused.</summary>
internal sealed class LoopbackGuard(IServer server, KeyRing keys) : IHostedLifecycleService
{
    /// <summary>What the host says when it refuses to start.</summary>
    public const string Refusal =
        "The gateway listens on an address that is not loopback, but no API key is configured. Configure at least one "
        + "(Gateway:ApiKeys:0:Key, :Name, :Customers:0, :Role; in the environment Gateway__ApiKeys__0__Key and so on), "
        + "or listen on 127.0.0.1 only. Address: ";

    public Task StartedAsync(CancellationToken cancellationToken) =>
        RefusalOf(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []) is { } refusal
            ? throw new InvalidOperationException(refusal)
            : Task.CompletedTask;

    /// <summary>Why the gateway does not serve these addresses; null where it does.</summary>
    public string? RefusalOf(IEnumerable<string> addresses) =>
        keys.IsEmpty && addresses.FirstOrDefault(address => !IsLoopbackAddress(address)) is { } open ? Refusal + open : null;

    /// <summary>Refuses what does not come from this machine, while there are no keys.</summary>
    public Task Check(HttpContext context, RequestDelegate next)
    {
        var crossSite = !HttpMethods.IsGet(context.Request.Method) && context.Request.Headers["Sec-Fetch-Site"] == "cross-site";
        var open = !keys.IsEmpty || (IsLoopback(context.Connection.LocalIpAddress) && IsLoopbackHost(context.Request.Host.Host));
        if (open && !crossSite) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Whether an address that the server listens on is reached from this machine only.</summary>
    internal static bool IsLoopbackAddress(string address)
    {
        if (address.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase)) return true;
        var host = Microsoft.AspNetCore.Http.BindingAddress.Parse(address).Host;
        return IsLoopbackHost(host);
    }

    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static bool IsLoopback(IPAddress? address) => address is null || IPAddress.IsLoopback(address);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using System.Net;
using System.Net.Sockets;

namespace Correlation.Cli.Tests;

/// <summary>HTTP servers on free ports of this machine.</summary>
internal static class LocalListener
{
    private const int Tries = 20;

    /// <summary>Starts one. Who looked for a free port at the same moment may have taken it meanwhile: then on another.</summary>
    /// <param name="url">Its address.</param>
    public static HttpListener Start(out string url)
    {
        for (var tries = 1; ; tries++)
        {
            url = $"http://127.0.0.1:{FreePort()}/";
            var listener = new HttpListener { Prefixes = { url } };
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException) when (tries < Tries)
            {
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

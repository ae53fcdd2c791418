using System.Net;
using System.Net.Sockets;

namespace Correlation.LoadTests.Shared;

/// <summary>Ports that stay the same while processes come and go: below those that the system hands out by itself.</summary>
internal sealed class Ports
{
    private const int First = 20_000;
    private const int Last = 30_000;
    private int _next = First + (Environment.ProcessId % 800 * 10);

    /// <summary>The next free port of this machine.</summary>
    public int Next()
    {
        while (true)
        {
            _next = _next >= Last ? First : _next + 1;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, _next);
                listener.Start();
                return _next;
            }
            catch (SocketException)
            {
                // Taken; the next one then.
            }
        }
    }
}

using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Correlation.Streams.Tests.EventHubs;

/// <summary>A Kafka broker that gets as far as the sign-in and refuses it, in the words of a test (Kafka protocol: ApiVersions
/// 18, SaslHandshake 17, SaslAuthenticate 36).</summary>
internal sealed class FakeBroker : IDisposable
{
    private const short Handshake = 17;
    private const short Versions = 18;
    private const short Authenticate = 36;
    private const short UnsupportedVersion = 35;
    private const short Refused = 58;
    private const int HeaderBytes = 8;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly string words;

    public FakeBroker(string words)
    {
        this.words = words;
        listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>What clients said at their sign-in.</summary>
    public ConcurrentQueue<string> SignIns { get; } = [];

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                while (true)
                {
                    var size = new byte[4];
                    await stream.ReadExactlyAsync(size, stop.Token);
                    var request = new byte[BinaryPrimitives.ReadInt32BigEndian(size)];
                    await stream.ReadExactlyAsync(request, stop.Token);
                    await stream.WriteAsync(Answer(request), stop.Token);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
        }
    }

    private byte[] Answer(byte[] request)
    {
        var kind = BinaryPrimitives.ReadInt16BigEndian(request);
        var version = BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(2));
        var nameBytes = Math.Max((short)0, BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(HeaderBytes)));
        var body = request.AsSpan(HeaderBytes + 2 + nameBytes);
        var answer = new List<byte>(request[4..HeaderBytes]);
        switch (kind)
        {
            case Versions:
                Short(answer, version == 0 ? (short)0 : UnsupportedVersion);
                Int(answer, 3);
                foreach (var (api, newest) in new[] { (Versions, 0), (Handshake, 1), (Authenticate, 0) })
                {
                    Short(answer, (short)api);
                    Short(answer, 0);
                    Short(answer, (short)newest);
                }

                break;
            case Handshake:
                var mechanism = Encoding.UTF8.GetString(body[2..]);
                Short(answer, 0);
                Int(answer, 1);
                Text(answer, mechanism);
                break;
            default:
                SignIns.Enqueue(Encoding.UTF8.GetString(body[4..]));
                Short(answer, Refused);
                Text(answer, words);
                Int(answer, 0);
                break;
        }

        var framed = new List<byte>();
        Int(framed, answer.Count);
        framed.AddRange(answer);
        return [.. framed];
    }

    private static void Short(List<byte> to, short value) => to.AddRange([(byte)(value >> 8), (byte)value]);

    private static void Int(List<byte> to, int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        to.AddRange(bytes);
    }

    private static void Text(List<byte> to, string value)
    {
        Short(to, (short)Encoding.UTF8.GetByteCount(value));
        to.AddRange(Encoding.UTF8.GetBytes(value));
    }
}

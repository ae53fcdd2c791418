using System.Net;

namespace Correlation.Storage.Tests.Azure;

/// <summary>The way to the service, with faults: requests that are refused, lost, or answered into the void.</summary>
internal sealed class Faults() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly List<Fault> faults = [];
    private int requests;

    /// <summary>How many requests were made so far, with those that a fault took.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>The next requests that fit are not sent; the answer is a status.</summary>
    public void Refuse(int times, HttpStatusCode status, Which? which = null) =>
        Add(times, which, _ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("") }));

    /// <summary>The next requests that fit are not sent; the connection is lost.</summary>
    public void Lose(int times, Which? which = null) =>
        Add(times, which, _ => throw new HttpRequestException("The connection was lost before the request was sent."));

    /// <summary>The next requests that fit are sent and applied, but the answer is lost.</summary>
    public void LoseAnswer(int times, Which? which = null) => Add(times, which, async send =>
    {
        using var answer = await send();
        throw new HttpRequestException($"The connection was lost before the answer ({answer.StatusCode}) came.");
    });

    /// <summary>Something happens when the next request that fits has been applied, before its answer comes.</summary>
    public void Then(Func<Task> happens, bool loseAnswer, Which? which = null) => Add(1, which, async send =>
    {
        var answer = await send();
        await happens();
        return loseAnswer ? throw new HttpRequestException("The connection was lost before the answer came.") : answer;
    });

    /// <summary>Something happens before the next request that fits is sent.</summary>
    public void First(Func<Task> happens, Which? which = null) => Add(1, which, async send =>
    {
        await happens();
        return await send();
    });

    /// <summary>The answer to the next requests that fit comes from here.</summary>
    public void Answer(int times, Func<HttpResponseMessage> answer, Which? which = null) =>
        Add(times, which, _ => Task.FromResult(answer()));

    /// <summary>No more faults.</summary>
    public void Clear()
    {
        lock (faults) faults.Clear();
    }

    /// <summary>A transaction of a table.</summary>
    public static bool IsTransaction(HttpRequestMessage request) =>
        request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref requests);
        Fault? fault;
        lock (faults)
        {
            fault = faults.Find(one => one.Left > 0 && one.Fits(request));
            if (fault is not null) fault.Left--;
        }

        if (fault is null) return await base.SendAsync(request, cancellationToken);
        return await fault.Do(() => base.SendAsync(request, cancellationToken));
    }

    private void Add(int times, Which? which, Func<Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> act)
    {
        lock (faults) faults.Add(new Fault(which ?? (_ => true), act) { Left = times });
    }

    /// <summary>Which requests a fault fits.</summary>
    internal delegate bool Which(HttpRequestMessage request);

    private sealed record Fault(Which Fits, Func<Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> Do)
    {
        public int Left { get; set; }
    }
}

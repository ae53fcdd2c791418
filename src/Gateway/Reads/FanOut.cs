namespace Correlation.Gateway.Reads;

/// <summary>Asks many grains for one answer, a bounded number at a time.</summary>
internal sealed class FanOut(IOptions<GatewayOptions> options)
{
    /// <summary>Asks for each; the answers come in the order of the items.</summary>
    public async Task<TAnswer[]> AskAsync<T, TAnswer>(
        IReadOnlyList<T> items, Func<T, Task<TAnswer>> ask, CancellationToken cancel)
    {
        var answers = new TAnswer[items.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.FanOut, CancellationToken = cancel };
        await Parallel.ForAsync(0, items.Count, parallel, async (i, _) => answers[i] = await ask(items[i]));
        return answers;
    }
}

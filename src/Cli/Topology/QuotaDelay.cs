using System.Globalization;
using Azure;
using Azure.Core;

namespace Correlation.Cli.Topology;

/// <summary>How long to wait for Azure Resource Graph: as it says in <c>Retry-After</c>, which the base knows of, or in the
/// headers of its quota; else longer each time.</summary>
internal sealed class QuotaDelay() : DelayStrategy(Longest)
{
    /// <summary>Also each time where nobody answered: that is not for being too fast.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>How long after an answer the next query may come: nothing unless the quota is used up.</summary>
    public static TimeSpan After(Response answer) =>
        answer.Headers.TryGetValue("x-ms-user-quota-remaining", out var left) && left.Trim() == "0"
            ? ResetsAfter(answer) ?? TimeSpan.Zero : TimeSpan.Zero;

    /// <inheritdoc/>
    protected override TimeSpan GetNextDelayCore(Response? response, int retryNumber) => response is null
        ? First
        : ResetsAfter(response) ?? First * Math.Pow(2, Math.Clamp(retryNumber - 1, 0, 6));

    private static TimeSpan? ResetsAfter(Response answer) =>
        answer.Headers.TryGetValue("x-ms-user-quota-resets-after", out var text)
        && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var reset) && reset >= TimeSpan.Zero
            ? reset < Longest ? reset : Longest
            : null;
}

using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Storage;
using Microsoft.Extensions.Logging;

namespace Correlation.Grains.Archive;

/// <summary>A customer's archive, for gateways that have no storage of their own.</summary>
internal sealed partial class ArchiveGrain(IArchive archive, ILogger<ArchiveGrain> log) : Grain, IArchiveGrain
{
    private CustomerKey Customer => CustomerKey.Parse(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    public async Task<ImmutableArray<DateOnly>> Days() => [.. await archive.DaysAsync(Customer, CancellationToken.None)];

    /// <inheritdoc/>
    public async Task<int> Erase(string actor)
    {
        var days = await archive.DaysAsync(Customer, CancellationToken.None);
        await archive.EraseAsync(Customer, CancellationToken.None);
        LogErased(log, Customer, days.Count, actor);
        return days.Count;
    }

    [LoggerMessage(LogLevel.Information, "The archive of {Customer} was erased, {Days} days of it, by {Actor}")]
    private static partial void LogErased(ILogger log, CustomerKey customer, int days, string actor);
}

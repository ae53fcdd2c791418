using Azure;
using Azure.Data.Tables;

namespace Correlation.Storage.Azure;

/// <summary>Submits entity-group transactions: all of it or nothing.</summary>
/// <remarks>
/// The SDK's retry policy repeats a request that was throttled, failed or lost. Within a transaction that was received as a
/// whole the service answers 202 and says in its body that a row was throttled or timed out; that is repeated here.
/// A repetition whose first try was applied after all answers with a conflict: every row carries the id of its write, by which
/// the caller tells the two apart.
/// </remarks>
internal sealed class TableTransactions(AzureStorageOptions options, StorageInstruments instruments)
{
    /// <summary>The most rows of a transaction.</summary>
    public const int RowsMax = 100;

    /// <summary>The most data of a transaction. 4 MiB are allowed for the request, in which data is a third longer.</summary>
    public const int BytesMax = 2_900_000;

    /// <summary>What a row takes in a request beside its data and keys.</summary>
    public const int RowOverhead = 1_024;

    /// <summary>Submits a transaction.</summary>
    /// <param name="table">The table.</param>
    /// <param name="actions">The rows, all of one partition.</param>
    /// <param name="work">What is counted of it: its kind, how many rows or writes, their bytes.</param>
    /// <param name="cancel">Gives up waiting; the outcome is then unknown.</param>
    /// <returns>What became of it, where that is known; any other end is an exception.</returns>
    public async Task<Submitted> SubmitAsync(
        TableClient table, IReadOnlyList<TableTransactionAction> actions, TransactionWork work, CancellationToken cancel)
    {
        using var span = instruments.Source.StartActivity("storage.transaction");
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var response = await table.SubmitTransactionAsync(actions, cancel);
                instruments.OnStored(work.Kind, work.Count, work.Bytes);
                return new Submitted([.. response.Value.Select(one => one.Headers.ETag ?? default)], null);
            }
            catch (TableTransactionFailedException error) when (error.Status is 404 or 409 or 412)
            {
                instruments.OnFailed(work.Kind);
                return new Submitted(null, error.FailedTransactionActionIndex);
            }
            catch (TableTransactionFailedException error)
                when (error.Status is 408 or 429 or 500 or 502 or 503 or 504 && attempt < options.Retries)
            {
                instruments.OnFailed(work.Kind);
                await Task.Delay(Delay(attempt), cancel);
            }
            catch
            {
                instruments.OnFailed(work.Kind);
                throw;
            }
        }
    }

    private TimeSpan Delay(int attempt) =>
        TimeSpan.FromTicks(Math.Min(options.RetryDelayMax.Ticks, options.RetryDelay.Ticks << Math.Min(attempt, 20)));
}

/// <summary>What is counted of a transaction.</summary>
internal readonly record struct TransactionWork(string Kind, long Count, long Bytes);

/// <summary>What became of a transaction.</summary>
/// <param name="ETags">The rows' etags; null where a condition did not hold and nothing was written.</param>
/// <param name="FailedAt">Which row's condition did not hold, where that is known.</param>
internal readonly record struct Submitted(IReadOnlyList<ETag>? ETags, int? FailedAt);

using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Correlation.Delivery;

namespace Correlation.Storage.Azure;

/// <summary>A lane's head row: its numbers, its share of the books, and all that a list of lanes shows.</summary>
/// <remarks>It stays when the lane is empty: it knows the next sequence, and what came and went.</remarks>
internal sealed record LaneHead
{
    /// <summary>The head's row key; no other row's begins with a digit.</summary>
    public const string RowKey = "0";

    /// <summary>The head of a lane that never held a signal.</summary>
    public static readonly LaneHead None = new();

    private const int RecentMax = 8;
    private const char Separator = ' ';
    private const string NextProperty = "Next";
    private const string WaitingProperty = "Waiting";
    private const string HeldProperty = "HeldTo";
    private const string CustomerProperty = "Customer";
    private const string ReasonProperty = "Reason";
    private const string FailureProperty = "Failure";
    private const string TriesProperty = "Tries";
    private const string NextTryProperty = "NextTry";
    private const string FirstProperty = "First";
    private const string OldestProperty = "Oldest";
    private const string LastProperty = "Last";
    private const string NewestProperty = "Newest";
    private const string BooksProperty = "Books";

    /// <summary>The sequence of the signal that is parked next.</summary>
    public long Next { get; init; } = 1;

    /// <summary>How many signals the lane holds.</summary>
    public long Waiting { get; init; }

    /// <summary>The sequence up to which what it holds holds back what follows.</summary>
    public long HeldTo { get; init; }

    /// <summary>Whose books its signals are counted in; of an empty lane, whose they were.</summary>
    public string Customer { get; init; } = "";

    /// <summary>Why its first signal was parked.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why the last try to drain it failed; empty before that.</summary>
    public string Failure { get; init; } = "";

    /// <summary>How many tries failed since a signal last left.</summary>
    public int Tries { get; init; }

    /// <summary>When it is tried again; null for at once.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Its first signal; means nothing where it holds none.</summary>
    public LanePlace First { get; init; }

    /// <summary>Its last signal; means nothing where it holds none.</summary>
    public LanePlace Last { get; init; }

    /// <summary>What came and went, by customer; what waits is not in it.</summary>
    public ImmutableDictionary<string, ParkingLedger> Books { get; init; } = ImmutableDictionary<string, ParkingLedger>.Empty;

    /// <summary>The ids of the newest writes.</summary>
    public ImmutableList<string> Recent { get; init; } = [];

    /// <summary>Azure's etag; null where there is no head yet.</summary>
    public ETag? Row { get; init; }

    /// <summary>Reads a head.</summary>
    public static LaneHead Of(TableEntity row) => new()
    {
        Next = row.GetInt64(NextProperty)!.Value,
        Waiting = row.GetInt64(WaitingProperty)!.Value,
        HeldTo = row.GetInt64(HeldProperty)!.Value,
        Customer = RowFormat.Read(row.GetString(CustomerProperty)),
        Reason = RowFormat.Read(row.GetString(ReasonProperty)),
        Failure = RowFormat.Read(row.GetString(FailureProperty)),
        Tries = row.GetInt32(TriesProperty)!.Value,
        NextTry = row.GetInt64(NextTryProperty) is { } next ? Time(next) : null,
        First = new LanePlace(row.GetInt64(FirstProperty)!.Value, Time(row.GetInt64(OldestProperty)!.Value)),
        Last = new LanePlace(row.GetInt64(LastProperty)!.Value, Time(row.GetInt64(NewestProperty)!.Value)),
        Books = LaneBooks.Read(row.GetString(BooksProperty)),
        Recent = [.. row.GetString(RowFormat.Write).Split(Separator, StringSplitOptions.RemoveEmptyEntries)],
        Row = row.ETag,
    };

    /// <summary>Whether a write is one of the newest that made this head.</summary>
    public bool Wrote(string id) => Recent.Contains(id);

    /// <summary>The head after signals were parked: at least one, in order.</summary>
    public LaneHead WithParked(string customer, string reason, IReadOnlyList<SignalToPark> signals)
    {
        var head = Waiting > 0
            ? this
            : this with { Customer = customer, Reason = reason, First = new LanePlace(Next, signals[0].LogTime) };
        var book = head.Books.GetValueOrDefault(head.Customer) ?? ParkingLedger.Empty;
        return head with
        {
            Next = Next + signals.Count,
            Waiting = Waiting + signals.Count,
            Last = new LanePlace(Next + signals.Count - 1, signals[^1].LogTime),
            Books = head.Books.SetItem(head.Customer, book with { Parked = book.Parked + signals.Count }),
        };
    }

    /// <summary>The head where all that the lane holds now holds back what follows.</summary>
    public LaneHead WithHold() => Waiting == 0 ? this : this with { HeldTo = Next - 1 };

    /// <summary>The head after signals left: at least one.</summary>
    /// <param name="exits">Those that left.</param>
    /// <param name="first">What is then the first signal, and why it was parked; of no meaning where none is left.</param>
    /// <param name="last">What is then the last signal.</param>
    public LaneHead WithLeft(IReadOnlyList<LaneExit> exits, (LanePlace Place, string Reason) first, LanePlace last)
    {
        var book = Books.GetValueOrDefault(Customer) ?? ParkingLedger.Empty;
        foreach (var ofFate in exits.CountBy(exit => exit.Fate)) book = book.Left(ofFate.Key, ofFate.Value);
        return this with
        {
            Waiting = Waiting - exits.Count,
            Failure = "",
            Tries = 0,
            NextTry = null,
            First = first.Place,
            Reason = first.Reason,
            Last = last,
            Books = Books.SetItem(Customer, book),
        };
    }

    /// <summary>The head after a try to drain the lane.</summary>
    public LaneHead WithNote(LaneNote note)
    {
        var noted = this with { Failure = note.Reason ?? Failure, Tries = note.Tries, NextTry = note.NextTry };
        return note.Holds ? noted.WithHold() : noted;
    }

    /// <summary>The lane as it is shown; null where it holds nothing.</summary>
    public ParkedLane? Shown(string lane) => Waiting == 0
        ? null
        : new ParkedLane(lane, Customer, Waiting, Failure.Length > 0 ? Failure : Reason)
        {
            Held = HeldTo >= First.Sequence,
            Oldest = First.LogTime,
            Newest = Last.LogTime,
            Tries = Tries,
            NextTry = NextTry,
        };

    /// <summary>The action that takes the stored head from this one to the next; it fails where somebody else has.</summary>
    /// <param name="next">The next head.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="write">The id of the write.</param>
    public TableTransactionAction To(LaneHead next, LaneKey lane, string write)
    {
        var row = new TableEntity(lane.Partition, RowKey)
        {
            [RowFormat.Schema] = RowFormat.RowVersion,
            [RowFormat.Key] = RowFormat.Written(lane.Key),
            [RowFormat.Write] = string.Join(Separator, Recent.Add(write).TakeLast(RecentMax)),
            [NextProperty] = next.Next,
            [WaitingProperty] = next.Waiting,
            [HeldProperty] = next.HeldTo,
            [CustomerProperty] = RowFormat.Written(next.Customer),
            [ReasonProperty] = RowFormat.Written(next.Reason),
            [FailureProperty] = RowFormat.Written(next.Failure),
            [TriesProperty] = next.Tries,
            [NextTryProperty] = next.NextTry?.UtcTicks,
            [FirstProperty] = next.First.Sequence,
            [OldestProperty] = next.First.LogTime.UtcTicks,
            [LastProperty] = next.Last.Sequence,
            [NewestProperty] = next.Last.LogTime.UtcTicks,
            [BooksProperty] = LaneBooks.Text(next.Books),
        };
        return Row is { } etag
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, etag)
            : new TableTransactionAction(TableTransactionActionType.Add, row);
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}

/// <summary>The sequence of a signal of a lane, and its log time.</summary>
internal readonly record struct LanePlace(long Sequence, DateTimeOffset LogTime);

/// <summary>A lane and its partition of the table.</summary>
internal readonly record struct LaneKey(string Key, string Partition)
{
    /// <summary>The path of the blobs of its large signals.</summary>
    public string Owner => $"parking/{Partition}";

    /// <summary>The lane of a key.</summary>
    public static LaneKey Of(string lane) => new(lane, StoredKey.Of(lane));
}

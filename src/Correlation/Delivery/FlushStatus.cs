namespace Correlation.Delivery;

/// <summary>What became of a flush.</summary>
public enum FlushStatus : byte
{
    /// <summary>Not everything that it covers is durable and acknowledged yet.</summary>
    Pending = 0,

    /// <summary>Every state dirtied up to it is written and its outbox entries are acknowledged.</summary>
    Settled = 1,

    /// <summary>Something that it covers did not become durable, or nobody knows: what relies on it must be done again.</summary>
    Lost = 2,
}

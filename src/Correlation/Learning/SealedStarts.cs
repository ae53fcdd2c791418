using System.Collections.Immutable;

namespace Correlation.Learning;

/// <summary>That a symptom began which is sealed.</summary>
/// <param name="Kind">The place of its <see cref="ConditionType"/> in <see cref="SealedStarts.Kinds"/>.</param>
/// <param name="Resource">The place of its resource in <see cref="SealedStarts.Resources"/>.</param>
/// <param name="Second">When, in seconds after 1970.</param>
/// <param name="Together">Whether it was in an incident with others.</param>
/// <param name="Lasted">How long it was open in all, in seconds.</param>
/// <param name="End">How it ended.</param>
[GenerateSerializer, Immutable, Alias("sealed-start")]
public readonly record struct SealedStart(
    [property: Id(0)] int Kind,
    [property: Id(1)] int Resource,
    [property: Id(2)] long Second,
    [property: Id(3)] bool Together,
    [property: Id(4)] int Lasted = 0,
    [property: Id(5)] StartEnd End = StartEnd.Unknown);

/// <summary>How ended what began.</summary>
[GenerateSerializer, Alias("start-end")]
public enum StartEnd : byte
{
    /// <summary>Nobody wrote it down: versions before this one did not.</summary>
    Unknown = 0,

    /// <summary>By itself.</summary>
    ByItself = 1,

    /// <summary>Nothing said so: its time-out ended it.</summary>
    Unsaid = 2,

    /// <summary>Somebody had taken its incident in hand.</summary>
    InHand = 3,
}

/// <summary>That a symptom began and ended, by its names.</summary>
/// <param name="Kind">Its <see cref="ConditionType"/>.</param>
/// <param name="Resource">The canonical id of its resource.</param>
/// <param name="Start">When it began.</param>
/// <param name="Together">Whether it was in an incident with others.</param>
/// <param name="Lasted">How long it was open in all.</param>
/// <param name="End">How it ended.</param>
public readonly record struct NamedStart(
    string Kind, string Resource, DateTimeOffset Start, bool Together, TimeSpan Lasted = default,
    StartEnd End = StartEnd.Unknown);

/// <summary>The newest starts of a customer's sealed symptoms: what is learned from. Immutable, bounded.</summary>
[GenerateSerializer, Immutable, Alias("sealed-starts")]
public sealed class SealedStarts
{
    /// <summary>The most starts that are kept, those sealed last.</summary>
    public const int Most = 10_000;

    /// <summary>The most kinds, and the most resources; what would be one more is not kept.</summary>
    public const int MostNames = 4_000;

    /// <summary>What is kept when there are too many, so that names are not looked through for each one.</summary>
    private const int Kept = Most * 9 / 10;

    /// <summary>None.</summary>
    public static SealedStarts None { get; } = new();

    /// <summary>The kinds.</summary>
    [Id(0)] public ImmutableArray<string> Kinds { get; init; } = [];

    /// <summary>The canonical ids of the resources.</summary>
    [Id(1)] public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>The starts, in the order of sealing.</summary>
    [Id(2)] public ImmutableArray<SealedStart> All { get; init; } = [];

    /// <summary>How many there ever were.</summary>
    [Id(3)] public long Total { get; init; }

    /// <summary>The same with more behind them.</summary>
    public SealedStarts With(IReadOnlyCollection<NamedStart> starts)
    {
        if (starts.Count == 0) return this;
        var (kinds, resources) = (new Names(Kinds), new Names(Resources));
        var all = All.ToBuilder();
        foreach (var start in starts)
        {
            if (kinds.Of(start.Kind) is not { } kind || resources.Of(start.Resource) is not { } resource) continue;
            var lasted = (int)Math.Clamp(start.Lasted.TotalSeconds, 0, int.MaxValue);
            all.Add(new SealedStart(
                kind, resource, start.Start.ToUnixTimeSeconds(), start.Together, lasted, start.End));
        }

        var more = new SealedStarts
        {
            Kinds = kinds.All,
            Resources = resources.All,
            All = all.DrainToImmutable(),
            Total = Total + starts.Count,
        };
        return more.All.Length > Most ? more.Newest(Kept) : more;
    }

    private SealedStarts Newest(int count)
    {
        var (kinds, resources) = (new Names([]), new Names([]));
        var kept = All[^count..].Select(start => start with
        {
            Kind = kinds.Of(Kinds[start.Kind])!.Value,
            Resource = resources.Of(Resources[start.Resource])!.Value,
        }).ToImmutableArray();
        return new SealedStarts { Kinds = kinds.All, Resources = resources.All, All = kept, Total = Total };
    }

    /// <summary>Gives names numbers, in the order met.</summary>
    private sealed class Names(ImmutableArray<string> known)
    {
        private readonly Dictionary<string, int> _numbers =
            known.Select((name, number) => (name, number)).ToDictionary(one => one.name, one => one.number);
        private readonly ImmutableArray<string>.Builder _all = known.ToBuilder();

        public ImmutableArray<string> All => _all.Count == known.Length ? known : _all.ToImmutable();

        public int? Of(string name)
        {
            if (_numbers.TryGetValue(name, out var number)) return number;
            if (_all.Count >= MostNames) return null;
            _numbers[name] = _all.Count;
            _all.Add(name);
            return _all.Count - 1;
        }
    }
}

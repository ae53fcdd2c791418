using System.Globalization;
using Correlation.Learning;

namespace Correlation.Grouping;

/// <summary>What was learned of a customer, as evidence for and against two symptoms: by the version in force when the later
/// one began.</summary>
internal sealed class LearnedTerms(GroupingOptions options, TopologyHistory topology, LearnedVersions versions)
{
    /// <summary>How many symptoms an hour on a resource are few: one in two days.</summary>
    private const double Seldom = 1 / 48.0;

    /// <summary>That the kind of the later one follows that of the earlier one at such a lag surer than by chance; null where
    /// nothing says so.</summary>
    public (LearnedPair Pair, int Model, double Weight)? For(Node a, Node b)
    {
        if (options.Learned == 0 || ModelOf(a, b) is not { } model) return null;
        var (first, second) = Node.Compare(a, b) < 0 ? (a, b) : (b, a);
        var lag = TimeSpan.FromSeconds(SecondOf(second) - SecondOf(first));
        var pair = Find(model, first, second, lag);
        if (lag == TimeSpan.Zero && Find(model, second, first, lag) is { } back && !(back.Lift <= pair?.Lift)) pair = back;
        if (pair is null || pair.Lift <= 0) return null;
        var weight = Math.Min(options.Learned, options.LearnedLift * pair.Lift) * topology.LearnedBetween(a.Start, b.Start);
        return weight > 0 ? (pair, model.Number, weight) : null;
    }

    /// <summary>What share of what time says for the two is lost because one of them, the more usual one, begins at all times
    /// whatever else happens; null for none.</summary>
    public (double Share, int Model, Node Usual)? Usual(Node a, Node b)
    {
        if (options.UsualNoise == 0 || ModelOf(a, b) is not { } model) return null;
        var (ofA, ofB) = (model.ShareOf(a.KindIn(model)), model.ShareOf(b.KindIn(model)));
        if (ofA == 0 && ofB == 0) return null;
        var share = options.UsualNoise * topology.LearnedBetween(a.Start, b.Start);
        if (share == 0) return null;
        return ofA >= ofB ? (share * ofA, model.Number, a) : (share * ofB, model.Number, b);
    }

    /// <summary>What is taken away because so much begins at all times that what is near is often near by chance; 0 for
    /// nothing.</summary>
    public double Busy(Node a, Node b, out LearnedModel? model)
    {
        model = options.Busy == 0 ? null : ModelOf(a, b);
        if (model is null || model.Hourly <= Seldom) return 0;
        var weight = Math.Min(options.Busy, options.BusyLift * Math.Log(model.Hourly / Seldom));
        return weight * topology.LearnedBetween(a.Start, b.Start);
    }

    /// <summary>The model that says how fast what belongs together follows each other, where nothing but their own signals tells
    /// of the two; null where it does not say.</summary>
    public LearnedModel? PaceOf(Node a, Node b)
    {
        if (options.OffPace == 0 || !a.IsPulsed || !b.IsPulsed || ModelOf(a, b) is not { HasPace: true } model) return null;
        return topology.LearnedBetween(a.Start, b.Start) > 0 ? model : null;
    }

    /// <summary>The evidence in words.</summary>
    public static string Text(LearnedPair pair, int model, Node a, Node b)
    {
        var (first, second) = Node.Compare(a, b) < 0 ? (a, b) : (b, a);
        return $"model {model}: {NameOf(second)} {Verb(pair.Relation)} {NameOf(first)} within {Span(pair.Within)}, "
            + string.Create(CultureInfo.InvariantCulture, $"{pair.Followed:0.#} times where chance gives {pair.Chance:0.##}")
            + (pair.Fleet ? $", {PriorPair.Starts} starts of other customers' among them" : "");
    }

    /// <summary>The evidence against in words.</summary>
    public string Text(Node usual, int model)
    {
        var of = versions.All.First(one => one.Number == model);
        return string.Create(CultureInfo.InvariantCulture, $"model {model}: {NameOf(usual)} begins in ")
            + string.Create(CultureInfo.InvariantCulture,
            $"{of.ShareOf(usual.KindIn(of)):0 %} of all spans of {Span(UsualKind.Span)}");
    }

    private LearnedModel? ModelOf(Node a, Node b) =>
        versions.All.IsEmpty ? null : versions.At(a.Start > b.Start ? a.Start : b.Start);

    /// <summary>The customer's own counts first, then other customers'.</summary>
    private LearnedPair? Find(LearnedModel model, Node first, Node second, TimeSpan lag)
    {
        var (before, after) = (first.KindIn(model), second.KindIn(model));
        if (before >= 0 && after >= 0 && Find(first, second, before == after, Own) is { } own) return own;
        (before, after) = (first.FleetKindIn(model), second.FleetKindIn(model));
        return before >= 0 && after >= 0 ? Find(first, second, before == after, OfFleet) : null;

        LearnedPair? Own(Relation relation) => model.Find(relation, before, after, lag);
        LearnedPair? OfFleet(Relation relation) => model.FindOfFleet(relation, before, after, lag);
    }

    private LearnedPair? Find(Node first, Node second, bool sameKind, Func<Relation, LearnedPair?> find)
    {
        if (first.Resource == second.Resource) return find(Relation.SameResource);
        if (find(Relation.Neighbour) is { } near && AreNeighbours(first, second)) return near;
        return sameKind ? find(Relation.SameKind) : null;
    }

    private bool AreNeighbours(Node a, Node b) =>
        a.Parent == b.Resource || b.Parent == a.Resource || topology.Between(a.Start, b.Start).Hops(a.Resource, b.Resource) == 1;

    private static long SecondOf(Node node) => node.Start.UtcTicks / TimeSpan.TicksPerSecond;

    private static string Verb(Relation relation) => relation switch
    {
        Relation.Neighbour => "on one follows, on what it depends on or contains,",
        Relation.SameKind => "follows elsewhere",
        _ => "follows",
    };

    /// <summary>The rule's own name, without the type of resource and the sort of condition before it.</summary>
    private static string NameOf(Node node)
    {
        var rule = ConditionType.Of(node.Symptom).Split(' ', 3)[^1];
        return rule[(rule.LastIndexOf('/') + 1)..];
    }

    private static string Span(TimeSpan span) => span.TotalMinutes < 2
        ? $"{span.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s"
        : $"{span.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} min";
}

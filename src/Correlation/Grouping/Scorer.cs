using System.Globalization;
using System.Runtime.CompilerServices;
using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>Weighs the evidence for and against putting two symptoms together. Symmetric, and a function of the two and of the
/// topology and the learned model in force when the later one began.</summary>
/// <param name="options">The weights.</param>
/// <param name="topology">What depends on what.</param>
/// <param name="learned">What was learned.</param>
/// <param name="surges">When far more than usual began.</param>
internal sealed class Scorer(GroupingOptions options, TopologyHistory topology, LearnedVersions learned, Surges surges)
{
    /// <summary>What a veto weighs: more than all evidence for.</summary>
    public const double Veto = -100;

    /// <summary>How many times as far apart as the learned pace what is near falls to a third.</summary>
    private const double PaceReach = 2;
    private const double MuchFaster = 4;

    private const double FartherShare = 2.0 / 3;
    private const int InputLength = 160;

    private readonly LearnedTerms _learned = new(options, topology, learned);

    /// <summary>The sum of the evidence; at most 0 where the two are too far apart in time.</summary>
    public double Score(Node a, Node b) => Sum(a, b, null, out _);

    /// <summary>As <see cref="Score(Node, Node)"/>.</summary>
    /// <param name="a">The one.</param>
    /// <param name="b">The other.</param>
    /// <param name="before">What it came to before it was seen that the two ended apart.</param>
    public double Score(Node a, Node b, out double before)
    {
        var sum = Sum(a, b, null, out var apart);
        before = sum + apart;
        return sum;
    }

    /// <summary>The evidence itself, heaviest first.</summary>
    public Link Explain(Node a, Node b)
    {
        var (from, to) = Ordered(a, b);
        var terms = new List<Evidence>();
        var score = Sum(from, to, terms, out _);
        var sorted = terms.OrderByDescending(term => Math.Abs(term.Weight)).ThenBy(term => term.Name, StringComparer.Ordinal);
        return new Link(from.Id, to.Id, score, [.. sorted]);
    }

    private double Sum(Node one, Node other, List<Evidence>? terms, out double apart)
    {
        apart = 0;
        var (a, b) = Ordered(one, other);
        var distance = (a.Start - b.Start).Duration();
        if (distance > options.SlowWindow || Gap(a, b) > options.Window)
        {
            terms?.Add(new Evidence("tooFarApart", Veto, $"the starts are {Text(distance)} apart"));
            return Veto;
        }

        var key = SharedKey(a, b);
        var tempo = TempoOf(a, b);
        var sum = Relation(a, b, tempo, terms, out var direct);
        if (key is not null) sum += Add(terms, "causeKey", options.CauseKey, $"{key}");
        var follows = Learned(a, b, terms);
        var step = InStep(a, b);
        var time = Time(a, b, distance, direct || key is not null, tempo, terms) + Course(a, b, tempo, step, terms);
        var ends = tempo.Learned is null ? Ends(a, b, step, terms) : Silences(a, b, tempo, terms);
        if (ends < 0) apart = -ends;
        else time += ends;
        sum += follows + time + Math.Min(0, ends) + OffPace(a, b, distance, tempo, terms);
        if (follows == 0 && key is null) sum += UsualNoise(a, b, time, terms) + Busy(a, b, terms);
        return sum + Against(a, b, key is not null, terms);
    }

    private double Relation(Node a, Node b, Tempo tempo, List<Evidence>? terms, out bool direct) =>
        Structure(a, b, terms, out direct) + Likeness(a, b, tempo, terms) + Common(a, b, terms)
        + Platform(a, b, terms, ref direct);

    /// <summary>The nearest of all relations between two resources: that two databases of one server are also two hops apart says
    /// nothing new.</summary>
    private double Structure(Node a, Node b, List<Evidence>? terms, out bool direct)
    {
        var (name, weight) = Place(a, b, out direct);
        var now = topology.Between(a.Start, b.Start);
        var hops = now.Hops(a.Resource, b.Resource);
        var linked = a.Resource != b.Resource && (a.Linked.Contains(b.Resource) || b.Linked.Contains(a.Resource));
        if (hops == 1 && options.DependsOn > weight) (name, weight) = ("dependsOn", options.DependsOn);
        if (hops == 2 && options.TwoHops > weight) (name, weight) = ("dependsOn2", options.TwoHops);
        if (hops == 0 && options.FarHops > weight && now.Chain(a.Resource, b.Resource) is var far and > 0)
            (name, weight) = ("dependsOnFar", far > 3 ? options.FarHops * FartherShare : options.FarHops);
        if (linked && options.Linked > weight) (name, weight) = ("linked", options.Linked);
        direct |= hops == 1 || linked;
        if (weight <= 0) return 0;
        var isWeak = terms is not null && name == "dependsOn2" && now.Named(a.Resource).Contains(b.Resource);
        return Add(terms, name, weight, $"{Input(isWeak ? "weak" : name, a, b)}");
    }

    private static string Input(string name, Node a, Node b) => name switch
    {
        "sameScope" or "sameResource" => Name(a),
        "sibling" => $"both part of {Last(a.Parent!)}",
        "resourceGroup" => a.Group!,
        "subscription" => a.Subscription!,
        "dependsOnFar" => $"{Name(a)} and {Name(b)}, over others between them",
        "dependsOn2" => $"{Name(a)} and {Name(b)}, over one between them",
        "weak" => $"{Name(a)} and {Name(b)}: one named the other, or they failed together before",
        _ => $"{Name(a)} and {Name(b)}",
    };

    /// <summary>What two resources without any relation may still have in common.</summary>
    private double Likeness(Node a, Node b, Tempo tempo, List<Evidence>? terms)
    {
        if (a.Resource == b.Resource) return 0;
        var sum = Said(a, b, tempo, terms);
        if (Dimensions.SharedName(a, b) is { } value) sum += Add(terms, "sameDimension", options.SameDimension, $"{value}");
        if (TextNames.Shared(a, b) is { } name) sum += Add(terms, "named", options.Named, $"{name}");
        return sum;
    }

    /// <summary>The same rule or the same words, whichever is heavier: where both are, it is one thing.</summary>
    private double Said(Node a, Node b, Tempo tempo, List<Evidence>? terms)
    {
        var distance = (a.Start - b.Start).Duration();
        var rule = Node.HaveOneRule(a, b) ? options.SameRule * tempo.Nearness(distance) : 0;
        var late = Math.Exp(-(distance / options.TextDecay));
        var text = a.Saying is not null && a.Saying == b.Saying ? options.SameText * late : 0;
        return text > rule
            ? Add(terms, "sameText", text, $"{a.Saying!}")
            : Add(terms, "sameRule", rule, $"{Last(a.Rule!)}");
    }

    /// <summary>The change that explains both best.</summary>
    private double Common(Node a, Node b, List<Evidence>? terms)
    {
        var (best, id) = (0.0, "");
        foreach (var one in a.ExplainedBy)
        {
            foreach (var other in b.ExplainedBy)
            {
                if (one.Id != other.Id || Math.Min(one.Fit, other.Fit) <= best) continue;
                (best, id) = (Math.Min(one.Fit, other.Fit), one.Id);
            }
        }

        return best > 0 ? Add(terms, "commonChange", options.CommonChange * best, $"{id}") : 0;
    }

    private (string Name, double Weight) Place(Node a, Node b, out bool direct)
    {
        var scope = a.IsScope || Dimensions.OtherMachine(a.Dimensions, b.Dimensions);
        direct = !scope;
        if (a.Resource == b.Resource)
            return scope ? ("sameScope", options.SameScope) : ("sameResource", options.SameResource);
        direct = IsWithin(a, b) || IsWithin(b, a);
        if (direct) return ("contains", options.Contains);
        if (a.Parent is not null && a.Parent == b.Parent) return ("sibling", options.Sibling);
        if (a.Subscription is null || a.Subscription != b.Subscription) return ("", 0);
        return a.Group is not null && a.Group == b.Group
            ? ("resourceGroup", options.ResourceGroup)
            : ("subscription", options.Subscription);
    }

    private double Platform(Node a, Node b, List<Evidence>? terms, ref bool direct)
    {
        if (a.Subscription is null || a.Subscription != b.Subscription) return 0;
        var known = a.Region is not null && b.Region is not null;
        if (a.IsHealth && b.IsHealth && a.Resource != b.Resource && (!known || a.Region == b.Region))
        {
            var weight = options.HealthTogether * Nearness((a.Start - b.Start).Duration());
            return Add(terms, "healthTogether", weight, $"{a.Region ?? a.Subscription}");
        }

        if (a.IsPlatform == b.IsPlatform || (known && a.Region != b.Region)) return 0;
        direct = true;
        return known
            ? Add(terms, "platformRegion", options.PlatformRegion, $"{a.Region!}")
            : Add(terms, "platformScope", options.PlatformScope, $"{a.Subscription}");
    }

    private double Learned(Node a, Node b, List<Evidence>? terms) => _learned.For(a, b) is { } one
        ? Add(terms, "learned", one.Weight, $"{LearnedTerms.Text(one.Pair, one.Model, a, b)}") : 0;

    /// <summary>What comes all day is near to everything: that takes away from what time says, never more.</summary>
    private double UsualNoise(Node a, Node b, double time, List<Evidence>? terms) => _learned.Usual(a, b) is { } one
        ? Add(terms, "usualNoise", -one.Share * time, $"{_learned.Text(one.Usual, one.Model)}")
        : 0;

    /// <summary>Where much begins everywhere at all times, being near says less.</summary>
    private double Busy(Node a, Node b, List<Evidence>? terms) => _learned.Busy(a, b, out var model) is var weight and > 0
        ? Add(terms, "busy", -weight, $"model {model!.Number}: {model.Hourly * 24:0.0} begin on a resource every day")
        : 0;

    private double Time(Node a, Node b, TimeSpan distance, bool direct, Tempo tempo, List<Evidence>? terms)
    {
        var near = options.Near * tempo.Nearness(distance);
        var sum = Add(terms, "near", near, $"started {Text(distance)} apart");
        var earlier = Node.Compare(a, b) < 0 ? a : b;
        var overlaps = earlier.End is not { } end || end > (earlier == a ? b : a).Start;
        if (!direct || !overlaps || tempo.Learned is not null || !a.Lasts || !b.Lasts) return sum;
        var overlap = options.Overlap * (1 - (distance / options.SlowWindow));
        return sum + Add(terms, "overlaps", overlap, $"one began {Text(distance)} into the other");
    }

    /// <summary>What the courses of two symptoms say: the same condition again, a surge, one rhythm.</summary>
    private double Course(Node a, Node b, Tempo tempo, double step, List<Evidence>? terms)
    {
        var sum = 0.0;
        if (tempo.Learned is not null && (a.Start - b.Start).Duration() > tempo.Decay) return sum;
        if (surges.Of(a, b) is var lift and > 0)
        {
            var weight = Math.Min(options.Surge, options.SurgeLift * lift);
            sum += Add(terms, "surge", weight, $"{Math.Exp(lift):0} times as much as usual began");
        }

        sum += Add(terms, "inStep", step, $"came {a.Rhythm?.Came.Length} and {b.Rhythm?.Came.Length} times, in one rhythm");
        if (!Node.ByCondition.Equals(a, b)) return sum;
        var pause = Gap(a, b);
        return sum + Add(
            terms, "again", options.Again * Math.Exp(-(pause / options.AgainDecay)), $"the same after {Text(pause)}");
    }

    /// <summary>What it weighs that both came again and again, and each time together.</summary>
    private double InStep(Node a, Node b) =>
        a.Rhythm is not { } one || b.Rhythm is not { } other || Node.ByCondition.Equals(a, b)
            ? 0 : Math.Min(options.InStep, options.InStepLift * Rhythm.Lift(one, other));

    /// <summary>What lasted beside each other and ended together had one cause; what ended alone had its own. When Azure says
    /// that an event of the platform is over says nothing of the resources, and of what comes and goes in step all ends count.
    /// </summary>
    private double Ends(Node a, Node b, double step, List<Evidence>? terms)
    {
        if (a.IsPlatform || b.IsPlatform) return 0;
        if (a.Ceased is not { } one || b.Ceased is not { } other || Gap(a, b) > TimeSpan.Zero) return 0;
        var apart = (one - other).Duration();
        var near = options.EndTogether * Math.Exp(-(apart / options.EndDecay));
        var far = options.EndApart * (1 - Math.Exp(-Math.Pow(apart / options.EndFar, 2)));
        if (options.InStep > 0) far *= 1 - (step / options.InStep);
        return near >= far
            ? Add(terms, "endedTogether", near - far, $"ended {Text(apart)} apart")
            : Add(terms, "endedApart", near - far, $"ended {Text(apart)} apart");
    }

    /// <summary>What belongs together on one resource follows faster, as the customer's history says.</summary>
    private double OffPace(Node a, Node b, TimeSpan distance, Tempo tempo, List<Evidence>? terms) =>
        tempo.Learned is not { } model || a.Resource != b.Resource ? 0 : Add(
            terms, "offPace", -options.OffPace * tempo.Farness(distance),
                $"model {model.Number}: what belongs together follows within {Text(model.Pace)}; started {Text(distance)} apart");

    /// <summary>As <see cref="Ends"/>, of two conditions that nothing but time ends: what each was said of last.</summary>
    private double Silences(Node a, Node b, Tempo tempo, List<Evidence>? terms)
    {
        if (a.Resource != b.Resource || a.Silent is not { } one || b.Silent is not { } other) return 0;
        var apart = (one - other).Duration();
        var weight = (options.EndTogether * tempo.Nearness(apart)) - (options.OffPace * tempo.Farness(apart));
        return Add(terms, weight >= 0 ? "endedTogether" : "endedApart", weight, $"fell silent {Text(apart)} apart");
    }

    /// <summary>The learned pace where that is another order of magnitude than the options are made for.</summary>
    private Tempo TempoOf(Node a, Node b)
    {
        if (_learned.PaceOf(a, b) is not { } model) return new Tempo(options.NearDecay, null);
        var decay = PaceReach * model.Pace;
        return decay < options.NearDecay / MuchFaster ? new Tempo(decay, model) : new Tempo(options.NearDecay, null);
    }

    private double Nearness(TimeSpan distance) => Math.Exp(-(distance / options.NearDecay));

    private double Against(Node a, Node b, bool shared, List<Evidence>? terms)
    {
        var sum = 0.0;
        var informational = (a.IsInformational ? 1 : 0) + (b.IsInformational ? 1 : 0);
        if (informational > 0)
        {
            sum += Add(terms, "informational", -informational * options.Informational, $"{informational} of the two");
        }

        var conflict = !shared && a.Resource == b.Resource ? Dimensions.Conflict(a.Dimensions, b.Dimensions) : null;
        if (conflict is not null)
        {
            sum += Add(terms, "conflict", Veto, $"{conflict}: {a.Dimensions[conflict]} and {b.Dimensions[conflict]}");
        }

        if (OutbreakKey.Parts(a.CauseKeys, b.CauseKeys))
        {
            sum += Add(terms, "otherOutbreak", Veto, $"a detector saw the first end before the second began");
        }

        var otherRegion = a.IsPlatform != b.IsPlatform && a.Region is not null && b.Region is not null && a.Region != b.Region;
        return otherRegion && !shared ? sum + Add(terms, "otherRegion", Veto, $"{a.Region} and {b.Region}") : sum;
    }

    /// <summary>What both name as their cause; null for nothing.</summary>
    public static string? SharedKey(Node a, Node b) =>
        a.CauseKeys.IsEmpty || b.CauseKeys.IsEmpty ? null : a.CauseKeys.FirstOrDefault(key => b.CauseKeys.Contains(key));

    private static TimeSpan Gap(Node a, Node b)
    {
        var (first, second) = Node.Compare(a, b) < 0 ? (a, b) : (b, a);
        return first.End is { } end && second.Start > end ? second.Start - end : TimeSpan.Zero;
    }

    private static bool IsWithin(Node inner, Node outer) =>
        !outer.IsScope && inner.Place.Ancestors.Contains(outer.Resource, StringComparer.Ordinal);

    private static double Add(
        List<Evidence>? terms, string name, double weight,
        [InterpolatedStringHandlerArgument(nameof(terms), nameof(weight))] EvidenceText input)
    {
        if (terms is null || weight == 0) return weight;
        var text = input.ToText();
        terms.Add(new Evidence(name, weight, text.Length > InputLength ? text[..InputLength] : text));
        return weight;
    }

    private static (Node From, Node To) Ordered(Node a, Node b) => string.CompareOrdinal(a.Id, b.Id) <= 0 ? (a, b) : (b, a);

    private static string Name(Node node) => Last(node.Resource);

    private static string Last(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static string Text(TimeSpan span) => span.TotalMinutes < 1
        ? $"{span.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s"
        : span.TotalHours < 2
            ? $"{span.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} min"
            : $"{span.TotalHours.ToString("0.0", CultureInfo.InvariantCulture)} h";
}

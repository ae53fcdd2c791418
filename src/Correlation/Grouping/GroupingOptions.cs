using System.ComponentModel.DataAnnotations;

namespace Correlation.Grouping;

/// <summary>What decides whether two symptoms belong together, and how large a group may become.</summary>
/// <remarks>
/// The weights are set against one another so that no single weak term comes to the threshold: being near in time
/// never does, nor being in the same resource group; a shared key of Azure's does. A weight is a <see cref="double"/>, and its
/// default stands in <c>weights.json</c> (<see cref="GroupingWeights"/>); whatever is a whole number or a time is a bound, and
/// its default stands here. A new term is a property here, a line there, and one in <c>Terms</c>.
/// </remarks>
public sealed class GroupingOptions
{
    /// <summary>The score from which two symptoms are linked.</summary>
    /// <value>Higher gives smaller incidents.</value>
    [Range(0.1, 10)] public double Threshold { get; set; } = GroupingWeights.Of(nameof(Threshold));

    /// <summary>What the conditions of one group and those of another must come to, each with each, on the mean, before a link
    /// may join the groups: one link alone makes a chain.</summary>
    /// <value>Higher cuts chains sooner, and cascades too.</value>
    [Range(-10.0, 10.0)] public double GroupMean { get; set; } = GroupingWeights.Of(nameof(GroupMean));

    /// <summary>What share of the conditions of one group must be those of another, come again, for a link to join the two
    /// whatever their mean is.</summary>
    /// <value>Above 1: never; 0: every link joins.</value>
    [Range(0.0, 10.0)] public double GroupAgain { get; set; } = GroupingWeights.Of(nameof(GroupAgain));

    /// <summary>The same resource.</summary>
    [Range(0.0, 10.0)] public double SameResource { get; set; } = GroupingWeights.Of(nameof(SameResource));

    /// <summary>The same subscription, resource group or tenant, where that itself is what both are about.</summary>
    /// <value>Little: a scope collects what has nothing to do with each other.</value>
    [Range(0.0, 10.0)] public double SameScope { get; set; } = GroupingWeights.Of(nameof(SameScope));

    /// <summary>One resource is part of the other, below the resource group.</summary>
    [Range(0.0, 10.0)] public double Contains { get; set; } = GroupingWeights.Of(nameof(Contains));

    /// <summary>Both are parts of one resource.</summary>
    [Range(0.0, 10.0)] public double Sibling { get; set; } = GroupingWeights.Of(nameof(Sibling));

    /// <summary>The same resource group.</summary>
    [Range(0.0, 10.0)] public double ResourceGroup { get; set; } = GroupingWeights.Of(nameof(ResourceGroup));

    /// <summary>The same subscription.</summary>
    [Range(0.0, 10.0)] public double Subscription { get; set; } = GroupingWeights.Of(nameof(Subscription));

    /// <summary>One resource depends on the other, by the customer's topology.</summary>
    [Range(0.0, 10.0)] public double DependsOn { get; set; } = GroupingWeights.Of(nameof(DependsOn));

    /// <summary>One depends on the other over a third, or both depend on a third.</summary>
    [Range(0.0, 10.0)] public double TwoHops { get; set; } = GroupingWeights.Of(nameof(TwoHops));

    /// <summary>One depends on the other over two others; over three, two thirds of it. Only where all of the way is in one
    /// direction: that two need one thing says little at such a distance.</summary>
    [Range(0.0, 10.0)] public double FarHops { get; set; } = GroupingWeights.Of(nameof(FarHops));

    /// <summary>A signal of one names the resource of the other.</summary>
    [Range(0.0, 10.0)] public double Linked { get; set; } = GroupingWeights.Of(nameof(Linked));

    /// <summary>The same rule, or the same failed operation, on another resource of the customer at the same moment; falls off
    /// with <see cref="NearDecay"/>, so that a rule that fires all day makes no chain.</summary>
    /// <value>Joins what begins within minutes, in one resource group within some more.</value>
    [Range(0.0, 10.0)] public double SameRule { get; set; } = GroupingWeights.Of(nameof(SameRule));

    /// <summary>The same words of an error on another resource, whatever it names; falls off with
    /// <see cref="TextDecay"/>. Where the rule is the same too, the heavier of the two counts.</summary>
    /// <value>With the same moment it joins what begins within minutes.</value>
    [Range(0.0, 10.0)] public double SameText { get; set; } = GroupingWeights.Of(nameof(SameText));

    /// <summary>In what time <see cref="SameText"/> falls to a third: what works seldom fails late by the same cause.</summary>
    /// <value>30 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan TextDecay { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Both alerts have one value of a dimension that names a thing: a namespace, a queue, a node.</summary>
    /// <value>Less than a name in a text, for the values are short words that others use too.</value>
    [Range(0.0, 10.0)] public double SameDimension { get; set; } = GroupingWeights.Of(nameof(SameDimension));

    /// <summary>The text of one names the resource of the other, or both name a third thing.</summary>
    [Range(0.0, 10.0)] public double Named { get; set; } = GroupingWeights.Of(nameof(Named));

    /// <summary>One change may explain both: at its best, for what began at once on the changed resource itself.</summary>
    /// <value>It falls with distance in the topology and with time.</value>
    [Range(0.0, 10.0)] public double CommonChange { get; set; } = GroupingWeights.Of(nameof(CommonChange));

    /// <summary>How long before a symptom a change may have been that explains it.</summary>
    /// <value>2 hours.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan ChangeWindow { get; set; } = TimeSpan.FromHours(2);

    /// <summary>In what time what a change explains falls to a third.</summary>
    /// <value>45 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan ChangeDecay { get; set; } = TimeSpan.FromMinutes(45);

    /// <summary>A shared correlation, tracking or deployment id.</summary>
    /// <value>Enough alone.</value>
    [Range(0.0, 10.0)] public double CauseKey { get; set; } = GroupingWeights.Of(nameof(CauseKey));

    /// <summary>An Azure platform event in the subscription and region of the other symptom.</summary>
    [Range(0.0, 10.0)] public double PlatformRegion { get; set; } = GroupingWeights.Of(nameof(PlatformRegion));

    /// <summary>An Azure platform event in the subscription, where a region is not known on both sides.</summary>
    [Range(0.0, 10.0)] public double PlatformScope { get; set; } = GroupingWeights.Of(nameof(PlatformScope));

    /// <summary>Both are the loss of a resource's health in one subscription.</summary>
    /// <value>That of the same moment; falls off with <see cref="NearDecay"/>.</value>
    [Range(0.0, 10.0)] public double HealthTogether { get; set; } = GroupingWeights.Of(nameof(HealthTogether));

    /// <summary>Starting at the same moment; falls off with <see cref="NearDecay"/>.</summary>
    [Range(0.0, 10.0)] public double Near { get; set; } = GroupingWeights.Of(nameof(Near));

    /// <summary>One began while the other lasted; falls to nothing at <see cref="SlowWindow"/>.
    /// Counts only for a direct relation.</summary>
    [Range(0.0, 10.0)] public double Overlap { get; set; } = GroupingWeights.Of(nameof(Overlap));

    /// <summary>The most that is added where what was learned of the customer says that the one kind of condition follows the
    /// other; 0 switches that off.</summary>
    /// <value>Two resources with nothing in common need more than this.</value>
    [Range(0.0, 10.0)] public double Learned { get; set; } = GroupingWeights.Of(nameof(Learned));

    /// <summary>What is added for each factor e by which the one follows the other oftener than by chance, up to
    /// <see cref="Learned"/>.</summary>
    /// <value>Lower asks for a rarer chance before all of <see cref="Learned"/> is added.</value>
    [Range(0.0, 10.0)] public double LearnedLift { get; set; } = GroupingWeights.Of(nameof(LearnedLift));

    /// <summary>What share of what its time says for a pair (<see cref="Near"/>, <see cref="Overlap"/>) is lost where a kind of
    /// the two begins at all times whatever else happens; one that begins in half of all spans of 20 minutes loses half of that.
    /// 0 switches that off.</summary>
    [Range(0.0, 1.0)] public double UsualNoise { get; set; } = GroupingWeights.Of(nameof(UsualNoise));

    /// <summary>The most that is taken away where so much begins on the customer's resources at all times that what is near is
    /// often near by chance; 0 switches that off.</summary>
    [Range(0.0, 10.0)] public double Busy { get; set; } = GroupingWeights.Of(nameof(Busy));

    /// <summary>What is taken away for each factor e by which more usually begins on a resource than once in two days, up to
    /// <see cref="Busy"/>.</summary>
    [Range(0.0, 10.0)] public double BusyLift { get; set; } = GroupingWeights.Of(nameof(BusyLift));

    /// <summary>The same condition of a resource that had ended and began again; falls off with
    /// <see cref="AgainDecay"/>.</summary>
    [Range(0.0, 10.0)] public double Again { get; set; } = GroupingWeights.Of(nameof(Again));

    /// <summary>In what pause <see cref="Again"/> falls to a third.</summary>
    /// <value>2 hours.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan AgainDecay { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Both ended at the same moment, where signals say when: what one mend ends had one cause. Falls off with
    /// <see cref="EndDecay"/>.</summary>
    [Range(0.0, 10.0)] public double EndTogether { get; set; } = GroupingWeights.Of(nameof(EndTogether));

    /// <summary>In what time <see cref="EndTogether"/> falls to a third.</summary>
    /// <value>5 minutes: how long alerts take to see that it is over.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan EndDecay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What is taken away at most where the one ended long before the other that it lasted beside; two thirds of it at
    /// <see cref="EndFar"/>.</summary>
    [Range(0.0, 10.0)] public double EndApart { get; set; } = GroupingWeights.Of(nameof(EndApart));

    /// <summary>How far apart two ends are that two thirds of <see cref="EndApart"/> are taken away.</summary>
    /// <value>40 minutes; at 10 minutes a sixteenth is.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan EndFar { get; set; } = TimeSpan.FromMinutes(40);

    /// <summary>What is taken away at most, once for the starts and once for the last signals, where two conditions of one
    /// resource that nothing but time ends began or fell silent further apart than what belongs together does by the customer's
    /// history (<see cref="Learning.LearnedModel.Pace"/>), where that is much less than <see cref="NearDecay"/>; 0 switches it
    /// off.</summary>
    /// <value>As much as for ends apart.</value>
    [Range(0.0, 10.0)] public double OffPace { get; set; } = GroupingWeights.Of(nameof(OffPace));

    /// <summary>The most that is added where both began while far more of the customer's symptoms than usual began; 0 switches
    /// that off, and what has nothing else in common is not compared.</summary>
    [Range(0.0, 10.0)] public double Surge { get; set; } = GroupingWeights.Of(nameof(Surge));

    /// <summary>What is added for each factor e by which more than usual began, up to <see cref="Surge"/>.</summary>
    [Range(0.0, 10.0)] public double SurgeLift { get; set; } = GroupingWeights.Of(nameof(SurgeLift));

    /// <summary>From how many symptoms within a quarter of an hour on it is a surge, however few are usual.</summary>
    /// <value>5.</value>
    [Range(2, 1000)] public int SurgeLeast { get; set; } = 5;

    /// <summary>The most that is added where two conditions came again and again and each time together, at whatever distance:
    /// what has one rhythm has one cause. As much is left of <see cref="EndApart"/> as it falls short of this; 0 switches that
    /// off, and what has nothing else in common is not compared.</summary>
    /// <value>Enough alone, as a key of Azure's is.</value>
    [Range(0.0, 10.0)] public double InStep { get; set; } = GroupingWeights.Of(nameof(InStep));

    /// <summary>What is added for each factor e by which they come together surer than by chance, up to <see cref="InStep"/>.
    /// </summary>
    [Range(0.0, 10.0)] public double InStepLift { get; set; } = GroupingWeights.Of(nameof(InStepLift));

    /// <summary>What each side takes away that is informational or less.</summary>
    [Range(0.0, 10.0)] public double Informational { get; set; } = GroupingWeights.Of(nameof(Informational));

    /// <summary>In what time the nearness of two starts falls to a third.</summary>
    /// <value>10 minutes. Shorter was more precise on the kinds of failure for tuning, longer joins slow cascades.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan NearDecay { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest pause between the end of one symptom and the start of another that may be linked.</summary>
    /// <value>1 hour. It also delays sealing by as much.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The longest time between the starts of two symptoms that may be linked.</summary>
    /// <value>12 hours: a disk that fills for half a day is one incident.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")] public TimeSpan SlowWindow { get; set; } = TimeSpan.FromHours(12);

    /// <summary>The longest time between the first and the last start in one group.</summary>
    /// <value>1 day.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")] public TimeSpan MaxSpread { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The most symptoms in one group.</summary>
    /// <value>500.</value>
    [Range(2, 100_000)] public int MaxMembers { get; set; } = 500;

    /// <summary>How many symptoms before it, and as many after it, one is compared with in each index.</summary>
    /// <value>12. It keeps a storm linear: never are all compared with all.</value>
    [Range(1, 1000)] public int Neighbours { get; set; } = 12;

    /// <summary>The most index lists that one symptom is compared with.</summary>
    /// <value>256; the nearest relations come first.</value>
    [Range(8, 10_000)] public int Lists { get; set; } = 256;

    /// <summary>A resource with more dependants and dependencies than this makes no two-hop relations.</summary>
    /// <value>32: what everything needs says nothing about two of them.</value>
    [Range(2, 10_000)] public int HubDegree { get; set; } = 32;
}

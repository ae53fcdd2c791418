using Correlation.Customers;
using Correlation.Replay;
using FsCheck.Xunit;
using static Correlation.Tests.Replay.Played;

namespace Correlation.Tests.Replay;

/// <summary>What became of incidents under another configuration.</summary>
public sealed class IncidentMatchingTests
{
    [Fact]
    public void The_same_signals_are_equal_whatever_their_numbers_and_order()
    {
        var matching = Match([Incident("a1", 1, 2), Incident("a2", 3)], [Incident("b7", 3), Incident("b8", 2, 1)]);

        Assert.Equal([("a1", "b8"), ("a2", "b7")], matching.Equal.Select(pair => (pair.A.Id, pair.B.Id)));
        Assert.Empty(matching.Changed);
        Assert.Empty(matching.Split);
        Assert.Empty(matching.Merged);
        Assert.Empty(matching.Lost);
        Assert.Empty(matching.Gained);
        Assert.Empty(matching.CausesChanged);
        Assert.Equal((0, 0), (matching.Joined, matching.Parts));
    }

    [Fact]
    public void What_takes_in_or_leaves_alone_is_changed_and_so_is_what_changes_hands()
    {
        var matching = Match(
            [Incident("a1", 1, 2), Incident("a2", 3), Incident("a3", 5)],
            [Incident("b1", 1), Incident("b2", 3, 4), Incident("b3", 5) with { Customer = CustomerKey.Parse("other") }]);

        Assert.Equal([("a1", "b1"), ("a2", "b2"), ("a3", "b3")], matching.Changed.Select(pair => (pair.A.Id, pair.B.Id)));
        Assert.Empty(matching.Equal);
    }

    [Fact]
    public void One_whose_members_lie_in_several_is_split_the_largest_share_first()
    {
        var matching = Match([Incident("a1", 1, 2, 3)], [Incident("b1", 1), Incident("b2", 2, 3)]);

        var split = Assert.Single(matching.Split);
        Assert.Equal("a1", split.Whole.Id);
        Assert.Equal([("b2", 2), ("b1", 1)], split.Parts.Select(part => (part.Incident.Id, part.Signals)));
        Assert.Equal((2, 0), (matching.Parts, matching.Joined));
        Assert.Empty(matching.Gained);
    }

    [Fact]
    public void Several_whose_members_lie_in_one_are_merged()
    {
        var matching = Match([Incident("a1", 1), Incident("a2", 2, 3)], [Incident("b1", 1, 2, 3, 4)]);

        var merged = Assert.Single(matching.Merged);
        Assert.Equal("b1", merged.Whole.Id);
        Assert.Equal([("a2", 2), ("a1", 1)], merged.Parts.Select(part => (part.Incident.Id, part.Signals)));
        Assert.Equal((0, 2), (matching.Parts, matching.Joined));
        Assert.Empty(matching.Lost);
    }

    [Fact]
    public void Two_that_become_two_others_are_a_split_and_a_merge()
    {
        var matching = Match([Incident("a1", 1, 2), Incident("a2", 3)], [Incident("b1", 1), Incident("b2", 2, 3)]);

        Assert.Equal("a1", Assert.Single(matching.Split).Whole.Id);
        Assert.Equal("b2", Assert.Single(matching.Merged).Whole.Id);
        Assert.Equal((1, 1), (matching.Parts, matching.Joined));
    }

    [Fact]
    public void What_is_in_no_incident_of_the_other_is_lost_or_gained()
    {
        var matching = Match([Incident("a1", 1), Incident("a2", 2)], [Incident("b1", 2), Incident("b2", 3)]);

        Assert.Equal(["a1"], matching.Lost.Select(one => one.Id));
        Assert.Equal(["b2"], matching.Gained.Select(one => one.Id));
        Assert.Equal(["a2"], matching.Equal.Select(pair => pair.A.Id));
    }

    [Fact]
    public void Causes_are_compared_where_one_is_one()
    {
        var matching = Match(
            [
                Incident("same", 1).CausedBy("x"), Incident("other", 2).CausedBy("x"), Incident("gone", 3).CausedBy("x"),
                Incident("none", 4), Incident("shrunk", 5, 6).CausedBy("x"), Incident("split", 7, 8).CausedBy("x"),
            ],
            [
                Incident("b1", 1).CausedBy("x"), Incident("b2", 2).CausedBy("y"), Incident("b3", 3), Incident("b4", 4),
                Incident("b5", 5).CausedBy("y"), Incident("b6", 7).CausedBy("y"), Incident("b7", 8).CausedBy("y"),
            ]);

        Assert.Equal(["other", "gone", "shrunk"], matching.CausesChanged.Select(pair => pair.A.Id));
    }

    [Fact]
    public void A_signal_belongs_to_the_first_incident_that_holds_it()
    {
        var matching = Match([Incident("a1", 1, 2), Incident("a2", 2, 3)], [Incident("b1", 1, 2), Incident("b2", 3)]);

        Assert.Equal([("a1", "b1"), ("a2", "b2")], matching.Equal.Select(pair => (pair.A.Id, pair.B.Id)));
    }

    [Property]
    public bool Every_incident_is_exactly_one_thing(byte[] inA, byte[] inB)
    {
        var (a, b) = (Grouped("a", inA), Grouped("b", inB));
        var matching = Match(a, b);
        var pairs = matching.Equal.Length + matching.Changed.Length;
        return pairs + matching.Split.Length + matching.Joined + matching.Lost.Length == a.Count
            && pairs + matching.Merged.Length + matching.Parts + matching.Gained.Length == b.Count
            && matching.Joined >= 0 && matching.Parts >= 0;
    }

    /// <summary>Signal n in the incident that the n-th byte names; none for 0.</summary>
    private static List<ReplayedIncident> Grouped(string side, byte[] incidents) =>
    [
        .. incidents.Select((incident, signal) => (Incident: incident % 6, Signal: signal)).Where(one => one.Incident > 0)
            .GroupBy(one => one.Incident).OrderBy(group => group.Key)
            .Select(group => Incident($"{side}{group.Key}", [.. group.Select(one => one.Signal)])),
    ];

    private static IncidentMatching Match(IReadOnlyList<ReplayedIncident> a, IReadOnlyList<ReplayedIncident> b) =>
        IncidentMatching.Of(a, b);
}

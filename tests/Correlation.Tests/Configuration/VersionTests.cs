using Correlation.Configuration;
using Correlation.Customers;
using Correlation.Signals;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Configuration;

public sealed class VersionTests
{
    private readonly ConfigurationState _state = new();

    [Fact]
    public void The_first_version_is_in_force_from_the_beginning_and_the_next_from_its_log_time()
    {
        Assert.Equal(new OfferAnswer(OfferOutcome.Taken, 1, DateTimeOffset.MinValue), Offer("a", 10));
        Assert.Equal(new OfferAnswer(OfferOutcome.Known, 1, DateTimeOffset.MinValue), Offer("a", 20));
        Assert.Equal(new OfferAnswer(OfferOutcome.Taken, 2, At(30)), Offer("b", 30));
        Assert.Equal([1, 1, 2, 2], new[] { -9_000, 29.9, 30, 31 }.Select(at => _state.At(FileKind.Customers, At(at))!.Number));
    }

    [Fact]
    public void A_version_never_takes_force_before_the_one_before_it()
    {
        Offer("a", 10);
        Offer("b", 60);

        Assert.Equal(At(60), Offer("c", 30).InForce);
    }

    [Fact]
    public void A_file_that_was_left_behind_brings_nothing_back_but_one_that_was_written_again_does()
    {
        Offer("a", 10);
        Offer("b", 30);

        Assert.Equal(OfferOutcome.Stale, Offer("a", 40, written: 5).Outcome);
        Assert.Equal(OfferOutcome.Taken, Offer("never seen", 40, written: 5).Outcome);
        Assert.Equal(new OfferAnswer(OfferOutcome.Taken, 4, At(50)), Offer("a", 50, written: 49));
    }

    [Fact]
    public void No_file_is_a_version_only_where_there_was_one_and_kinds_are_counted_apart()
    {
        Assert.Equal(OfferOutcome.Nothing, Offer("", 10, absent: true).Outcome);
        Offer("a", 10);
        Offer("a", 10, kind: FileKind.Rules);

        Assert.Equal(OfferOutcome.Stale, Offer("", 20, absent: true, by: "there").Outcome);
        Assert.Equal(2, Offer("", 20, absent: true).Number);
        Assert.Equal(1, _state.Newest(FileKind.Rules)!.Number);
    }

    [Fact]
    public void The_newest_contents_are_kept_and_more_versions_are_listed()
    {
        for (var i = 1; i <= ConfigurationLimits.Versions + 3; i++) Offer($"{i}", i);

        Assert.Equal(ConfigurationLimits.Versions, _state.Versions.Count);
        Assert.Equal(ConfigurationLimits.Contents, _state.Above(FileKind.Customers, 0).Count());
        Assert.Equal(4, _state.Versions[0].Number);
    }

    [Fact]
    public void Versions_are_the_same_after_they_were_stored()
    {
        var serializer = new ServiceCollection()
            .AddSerializer(builder => builder.AddAssembly(typeof(ConfigurationState).Assembly))
            .BuildServiceProvider().GetRequiredService<Serializer>();
        Offer("a", 10);
        var read = serializer.Deserialize<ConfigurationState>(serializer.SerializeToArray(_state))!;

        var (before, after) = (Assert.Single(_state.Versions), Assert.Single(read.Versions));
        Assert.Equal(before with { Content = after.Content }, after);
        Assert.Equal(before.Content, after.Content);
    }

    [Fact]
    public void Whose_a_resource_is_goes_by_the_version_in_force_at_the_log_time()
    {
        var vm = ResourceId.Parse(Vm("a"));
        var maps = CustomerMaps.None.With([Map("acme", 1, default), Map("globex", 2, At(60))]);

        Assert.Equal(
            ["acme", "acme", "globex"],
            new[] { -5_000, 59.9, 60 }.Select(at => maps.OwnerOf(vm, null, At(at)).Value));
        Assert.Same(maps.Newest, maps.With([maps.Newest]).Newest);
        Assert.Equal("sub-s1", CustomerMaps.None.OwnerOf(vm, null, At(0)).Value);
    }

    private static CustomerMap Map(string customer, int version, DateTimeOffset inForce) =>
        new(new CustomerFile(0, [new CustomerEntry { Key = customer, Subscriptions = ["s1"] }]), version, inForce);

    private OfferAnswer Offer(
        string content, double at, double written = 0, bool absent = false, FileKind kind = FileKind.Customers,
        string by = "here")
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        var offer = new ConfigurationOffer(kind, "hash of " + content, "", bytes, At(written == 0 ? at : written), by, absent);
        var (taken, answer) = ConfigurationOffers.Decide(_state, offer, At(at), At(at));
        if (taken is not null) _state.Apply(taken);
        return answer;
    }
}

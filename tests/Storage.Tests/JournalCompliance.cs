namespace Correlation.Storage.Tests;

/// <summary>What every journal store must do.</summary>
public abstract class JournalCompliance
{
    private const string Journal = "contoso/incidents";

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract IJournalStore Store { get; }

    /// <summary>Opens the implementation again over what is stored.</summary>
    protected abstract void Restart();

    [Fact]
    public async Task An_unknown_journal_is_empty_at_version_0()
    {
        var content = await Store.ReadAsync(Journal, Cancel);
        Assert.Equal((0, 0, null), (content.Version, content.SnapshotVersion, content.Snapshot));
        Assert.Empty(content.Events);
    }

    [Fact]
    public async Task Events_come_back_in_order_also_after_a_restart()
    {
        Assert.True(await AppendAsync(0, "a", "b"));
        Assert.True(await AppendAsync(2, "c"));
        Restart();
        await AssertHoldsAsync(3, "a", "b", "c");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Another_version_than_the_expected_one_is_a_conflict_and_appends_nothing(long expected)
    {
        await AppendAsync(0, "a", "b");
        Assert.False(await AppendAsync(expected, "c"));
        await AssertHoldsAsync(2, "a", "b");
    }

    [Fact]
    public async Task An_event_that_is_there_already_is_a_conflict_and_none_of_its_call_is_appended()
    {
        await AppendAsync(0, "a", "b");
        Assert.False(await AppendAsync(2, "c", "b"));
        Assert.False(await AppendAsync(2, "d", "d"));
        await AssertHoldsAsync(2, "a", "b");
    }

    [Fact]
    public async Task The_same_event_id_in_another_journal_is_another_event()
    {
        await AppendAsync(0, "a");
        Assert.True(await Store.AppendAsync("contoso/problems", 0, [Event("a")], Cancel));
    }

    [Fact]
    public async Task An_append_of_no_events_only_compares_the_version()
    {
        Assert.True(await AppendAsync(0));
        Assert.False(await AppendAsync(1));
        Assert.Empty(await Store.ListAsync("", Cancel));
    }

    [Fact]
    public async Task A_snapshot_takes_the_place_of_the_events_up_to_it()
    {
        await AppendAsync(0, "a", "b", "c");
        await Store.SnapshotAsync(Journal, 2, Rows.Bytes("ab"), Cancel);
        Restart();
        var content = await Store.ReadAsync(Journal, Cancel);
        Assert.Equal((3, 2, "ab"), (content.Version, content.SnapshotVersion, Rows.Text(content.Snapshot)));
        Assert.Equal(["c"], content.Events.Select(one => one.Id));
        Assert.True(await AppendAsync(3, "d"));
    }

    [Fact]
    public async Task An_older_snapshot_changes_nothing_and_one_ahead_of_the_journal_is_refused()
    {
        await AppendAsync(0, "a", "b", "c");
        await Store.SnapshotAsync(Journal, 3, Rows.Bytes("abc"), Cancel);
        await Store.SnapshotAsync(Journal, 2, Rows.Bytes("ab"), Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.SnapshotAsync(Journal, 4, Rows.Bytes("x"), Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.SnapshotAsync("contoso/no", 1, Rows.Bytes("x"), Cancel));
        var content = await Store.ReadAsync(Journal, Cancel);
        Assert.Equal((3, 3, "abc"), (content.Version, content.SnapshotVersion, Rows.Text(content.Snapshot)));
        Assert.Empty(content.Events);
    }

    [Fact]
    public async Task Of_many_appends_at_once_exactly_one_follows_each_version()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(async number =>
            await Store.AppendAsync(Journal, number % 3, [Event($"{number}")], Cancel)));
        var content = await Store.ReadAsync(Journal, Cancel);
        Assert.Equal(content.Version, outcomes.Count(one => one));
        Assert.Equal(content.Version, content.Events.Count);
        Assert.InRange(content.Version, 1, 3);
    }

    [Fact]
    public async Task Strange_keys_and_ids_are_kept_apart()
    {
        foreach (var key in Rows.StrangeKeys)
        {
            Assert.True(await Store.AppendAsync(key, 0, [.. Rows.StrangeKeys.Select(Event)], Cancel));
        }

        Restart();
        foreach (var key in Rows.StrangeKeys)
        {
            Assert.Equal(Rows.StrangeKeys, (await Store.ReadAsync(key, Cancel)).Events.Select(one => one.Id));
        }

        Assert.Equal(Rows.StrangeKeys.Order(StringComparer.Ordinal),
            (await Store.ListAsync("", Cancel)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_list_holds_the_journals_of_a_prefix_in_order()
    {
        foreach (var key in new[] { "b/x", "a/y", "a/x", "ab/x", "A/x", "a0", "a/😀" })
            await Store.AppendAsync(key, 0, [Event("1")], Cancel);
        Assert.Equal(["a/x", "a/y", "a/😀"], await Store.ListAsync("a/", Cancel));
        Assert.Equal(["A/x", "a/x", "a/y", "a/😀", "a0", "ab/x", "b/x"], await Store.ListAsync("", Cancel));
        Assert.Empty(await Store.ListAsync("c", Cancel));
    }

    [Fact]
    public async Task Large_events_and_snapshots_come_back_as_they_were()
    {
        await Store.AppendAsync(Journal, 0, [new JournalEvent("1", Rows.Mebibyte(1)), new JournalEvent("2", [])], Cancel);
        await Store.SnapshotAsync(Journal, 1, Rows.Mebibyte(3), Cancel);
        await Store.AppendAsync(Journal, 2, [new JournalEvent("3", Rows.Mebibyte(2))], Cancel);
        var content = await Store.ReadAsync(Journal, Cancel);
        Assert.Equal(Rows.Mebibyte(3), content.Snapshot);
        Assert.Equal([0, 1024 * 1024], content.Events.Select(one => one.Data.Length));
        Assert.Equal(Rows.Mebibyte(2), content.Events[1].Data);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Any_history_of_appends_snapshots_and_restarts_leaves_what_a_list_would_hold(int seed)
    {
        var random = new Random(seed);
        var (events, snapshot) = (new List<string>(), 0);
        for (var step = 0; step < 300; step++)
        {
            var expected = random.Next(3) == 0 ? random.Next(events.Count + 3) : events.Count;
            var ids = Enumerable.Range(0, random.Next(1, 5)).Select(number => $"{step}/{number}").ToArray();
            Assert.Equal(expected == events.Count, await AppendAsync(expected, ids));
            if (expected == events.Count) events.AddRange(ids);
            if (random.Next(20) == 0 && events.Count > 0)
            {
                var version = random.Next(1, events.Count + 1);
                await Store.SnapshotAsync(Journal, version, Rows.Bytes($"{version}"), Cancel);
                snapshot = Math.Max(snapshot, version);
            }

            if (step % 60 == 59) Restart();
            var content = await Store.ReadAsync(Journal, Cancel);
            Assert.Equal((events.Count, snapshot), ((int)content.Version, (int)content.SnapshotVersion));
            Assert.Equal(events[snapshot..], content.Events.Select(one => one.Id));
        }
    }

    private static JournalEvent Event(string id) => new(id, Rows.Bytes("data of " + id));

    private Task<bool> AppendAsync(long expected, params string[] ids) =>
        Store.AppendAsync(Journal, expected, [.. ids.Select(Event)], Cancel);

    private async Task AssertHoldsAsync(long version, params string[] ids)
    {
        var content = await Store.ReadAsync(Journal, Cancel);
        Assert.Equal(version, content.Version);
        Assert.Equal(ids.Select(id => (id, "data of " + id)), content.Events.Select(one => (one.Id, Rows.Text(one.Data))));
    }
}

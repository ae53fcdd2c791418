namespace Correlation.Storage.Tests;

/// <summary>What every state store must do.</summary>
public abstract class StateStoreCompliance
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract IStateStore Store { get; }

    /// <summary>Opens the implementation again over what is stored.</summary>
    protected abstract void Restart();

    [Fact]
    public async Task A_row_that_was_never_written_is_null() => Assert.Null(await Store.ReadAsync("none", Cancel));

    [Fact]
    public async Task A_row_comes_back_as_written_also_after_a_restart()
    {
        Assert.True(await WriteAsync("key", 0, "one"));
        Assert.True(await WriteAsync("key", 1, "two"));
        Restart();
        Assert.Equal(("two", 2), await ReadAsync("key"));
    }

    [Fact]
    public async Task Etag_0_only_inserts()
    {
        await WriteAsync("key", 0, "one");
        var outcome = Assert.Single(await Store.WriteAsync([Rows.Write("key", 0, "two")], Cancel));
        Assert.Equal((false, 1), (outcome.Written, outcome.ETag));
        Assert.Equal(("one", 1), await ReadAsync("key"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_stale_or_unknown_etag_changes_nothing_and_is_told_the_one_that_is_there(long etag)
    {
        await WriteAsync("key", 0, "one");
        await WriteAsync("key", 1, "two");
        var outcome = Assert.Single(await Store.WriteAsync([Rows.Write("key", etag, "three")], Cancel));
        Assert.Equal((false, 2), (outcome.Written, outcome.ETag));
        Assert.Equal(("two", 2), await ReadAsync("key"));
    }

    [Fact]
    public async Task An_update_of_a_row_that_is_not_there_is_a_conflict_and_makes_none()
    {
        var outcome = Assert.Single(await Store.WriteAsync([Rows.Write("key", 5, "one")], Cancel));
        Assert.Equal((false, 0), (outcome.Written, outcome.ETag));
        Assert.Null(await Store.ReadAsync("key", Cancel));
    }

    [Fact]
    public async Task A_conflict_is_pinned_to_its_row()
    {
        await WriteAsync("b", 0, "old");
        var outcomes = await Store.WriteAsync(
            [Rows.Write("a", 0, "new"), Rows.Write("b", 0, "new"), Rows.Write("c", 7, "new"), Rows.Write("d", 0, "new")], Cancel);
        Assert.Equal([(true, 1), (false, 1), (false, 0), (true, 1)], outcomes.Select(one => (one.Written, one.ETag)));
        Assert.Equal(("new", 1), await ReadAsync("a"));
        Assert.Equal(("old", 1), await ReadAsync("b"));
        Assert.Null(await ReadAsync("c"));
        Assert.Equal(("new", 1), await ReadAsync("d"));
    }

    [Fact]
    public async Task Of_two_writers_of_one_row_at_once_one_succeeds()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => WriteAsync("key", 0, $"{number}")));
        var winner = Assert.Single(outcomes.Index(), one => one.Item).Index;
        Assert.Equal(($"{winner}", 1), await ReadAsync("key"));
    }

    [Fact]
    public async Task Writes_of_one_key_in_one_call_follow_each_other()
    {
        var outcomes = await Store.WriteAsync([Rows.Write("k", 0, "1"), Rows.Write("k", 1, "2"), Rows.Write("k", 1, "3")],
            Cancel);
        Assert.Equal([true, true, false], outcomes.Select(one => one.Written));
        Assert.Equal(("2", 2), await ReadAsync("k"));
    }

    [Fact]
    public async Task Strange_keys_are_kept_apart()
    {
        var outcomes = await Store.WriteAsync([.. Rows.StrangeKeys.Select((key, index) => Rows.Write(key, 0, $"{index}"))],
            Cancel);
        Assert.All(outcomes, outcome => Assert.True(outcome.Written));
        Restart();
        foreach (var (index, key) in Rows.StrangeKeys.Index()) Assert.Equal(($"{index}", 1), await ReadAsync(key));
    }

    [Fact]
    public async Task A_key_that_is_too_long_or_not_unicode_is_refused_before_anything_is_written()
    {
        foreach (var key in new[] { new string('k', 2_049), "\ud800" })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(
                () => Store.WriteAsync([Rows.Write("good", 0, ""), Rows.Write(key, 0, "")], Cancel));
        }

        Assert.Null(await Store.ReadAsync("good", Cancel));
    }

    [Fact]
    public async Task An_empty_row_and_one_of_a_mebibyte_come_back_as_they_were()
    {
        await Store.WriteAsync([new StateWrite("empty", 0, default), new StateWrite("large", 0, Rows.Mebibyte(1))], Cancel);
        await Store.WriteAsync([new StateWrite("large", 1, Rows.Mebibyte(2))], Cancel);
        Restart();
        Assert.Empty((await Store.ReadAsync("empty", Cancel))!.Data);
        Assert.Equal(Rows.Mebibyte(2), (await Store.ReadAsync("large", Cancel))!.Data);
    }

    [Fact]
    public async Task A_write_of_the_same_bytes_changes_the_etag_too()
    {
        await WriteAsync("key", 0, "same");
        Assert.True(await WriteAsync("key", 1, "same"));
        Assert.False(await WriteAsync("key", 1, "same"));
        Assert.Equal(("same", 2), await ReadAsync("key"));
    }

    [Fact]
    public async Task Rows_that_are_written_and_read_in_parallel_do_not_disturb_each_other()
    {
        var keys = Enumerable.Range(0, 100).Select(number => $"key {number}").ToArray();
        Assert.All(await Task.WhenAll(keys.Select(key => WriteAsync(key, 0, key))), Assert.True);
        Assert.Equal(keys.Select(key => ((string, long)?)(key, 1)), await Task.WhenAll(keys.Select(ReadAsync)));
        Assert.All(await Task.WhenAll(keys.Select(key => WriteAsync(key, 1, key + "!"))), Assert.True);
        Assert.Equal(keys.Select(key => ((string, long)?)(key + "!", 2)), await Task.WhenAll(keys.Select(ReadAsync)));
    }

    [Fact]
    public async Task No_writes_have_no_outcomes() => Assert.Empty(await Store.WriteAsync([], Cancel));

    [Fact]
    public async Task Hints_change_no_outcome()
    {
        var first = Assert.Single(await Store.WriteAsync([Rows.Write("key", 0, "1")], Cancel));
        var second = Assert.Single(await Store.WriteAsync([Rows.Write("key", 1, "2") with { Hint = first.Hint }], Cancel));
        Restart();
        var hint = (await Store.ReadAsync("key", Cancel))!.Hint;
        var stale = Assert.Single(await Store.WriteAsync([Rows.Write("key", 1, "3") with { Hint = hint }], Cancel));
        var third = Assert.Single(await Store.WriteAsync([Rows.Write("key", 2, "3") with { Hint = second.Hint }], Cancel));
        Assert.Equal((true, false, true), (second.Written, stale.Written, third.Written));
        Assert.Equal(("3", 3), await ReadAsync("key"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_history_of_writes_and_restarts_leaves_what_a_dictionary_would_hold(int seed)
    {
        var random = new Random(seed);
        var model = new Dictionary<string, (string Text, long ETag)>();
        var hints = new Dictionary<string, long>();
        for (var step = 0; step < 200; step++)
        {
            var writes = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Generate(random, model, hints)).ToArray();
            var outcomes = await Store.WriteAsync(writes, Cancel);
            foreach (var (write, outcome) in writes.Zip(outcomes)) Check(model, hints, write, outcome);
            if (step % 50 == 49) Restart();
            var key = $"key {random.Next(40)}";
            Assert.Equal(model.TryGetValue(key, out var row) ? row : null, await ReadAsync(key));
        }
    }

    private static StateWrite Generate(
        Random random, Dictionary<string, (string Text, long ETag)> model, Dictionary<string, long> hints)
    {
        var key = $"key {random.Next(40)}";
        var right = model.TryGetValue(key, out var row) ? row.ETag : 0;
        var etag = random.Next(4) == 0 ? random.Next(5) : right;
        return Rows.Write(key, etag, $"{random.Next()}") with { Hint = random.Next(2) * hints.GetValueOrDefault(key) };
    }

    private static void Check(
        Dictionary<string, (string Text, long ETag)> model, Dictionary<string, long> hints, StateWrite write,
        WriteOutcome outcome)
    {
        var right = model.TryGetValue(write.Key, out var row) ? row.ETag : 0;
        Assert.Equal(right == write.ExpectedETag, outcome.Written);
        if (outcome.Written) model[write.Key] = (Rows.Text(write.Data.Span), right + 1);
        Assert.Equal(model.GetValueOrDefault(write.Key).ETag, outcome.ETag);
        if (outcome.Hint != 0) hints[write.Key] = outcome.Hint;
    }

    private async Task<bool> WriteAsync(string key, long etag, string text) =>
        Assert.Single(await Store.WriteAsync([Rows.Write(key, etag, text)], Cancel)).Written;

    private async Task<(string Text, long ETag)?> ReadAsync(string key) =>
        await Store.ReadAsync(key, Cancel) is { } row ? (Rows.Text(row.Data), row.ETag) : null;
}

using Correlation.Delivery;
using Correlation.Sqlite;
using Correlation.Storage.Sqlite;
using Correlation.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Correlation.Storage.Tests.Sqlite;

public sealed class StateFileTests : IDisposable
{
    private readonly StateFolder folder = new(options => (options.GroupRows, options.QueuedGroups) = (100, 2));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Work_that_fails_takes_no_other_work_of_its_transaction_with_it()
    {
        var writer = folder.File.Writer;
        var journals = new SqliteJournalStore(folder.File);
        var started = new TaskCompletionSource();
        var go = new ManualResetEventSlim();
        var blocker = writer.DoAsync(0, _ => Block(started, go), Cancel);
        await started.Task;
        var before = journals.AppendAsync("a", 0, [new JournalEvent("1", [])], Cancel);
        var bad = writer.DoAsync<int>(0,
            session => throw new InvalidDataException($"{session.Prepare("DELETE FROM journal").Run()}"), Cancel);
        var after = journals.AppendAsync("b", 0, [new JournalEvent("1", [])], Cancel);
        go.Set();
        Assert.True(await before);
        Assert.True(await after);
        await Assert.ThrowsAsync<InvalidDataException>(() => bad);
        Assert.Equal(0, await blocker);
        Assert.Equal(["a", "b"], await journals.ListAsync("", Cancel));
    }

    [Fact]
    public async Task Transactions_and_rows_are_counted_by_kind_once_they_are_stored()
    {
        using var meters = new Meters();
        using var file = new StateFile(new OptionsWrapper<SqliteStorageOptions>(folder.Options), meters);
        await new SqliteStateStore(file).WriteAsync([.. Enumerable.Range(0, 30).Select(n => Rows.Write($"{n}", 0, "x"))], Cancel);
        await new SqliteJournalStore(file).AppendAsync("a", 0, [new JournalEvent("1", [])], Cancel);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => file.Writer.DoAsync<int>(0, _ => throw new InvalidDataException(), Cancel));
        Assert.Equal((1, 30), (meters["correlation.storage.transactions state"], meters["correlation.storage.rows state"]));
        Assert.Equal((1, 1), (meters["correlation.storage.transactions journal"], meters["correlation.storage.rows journal"]));
        Assert.Equal(1, meters["correlation.storage.failures journal"]);
    }

    [Fact]
    public async Task The_write_ahead_log_is_folded_back_before_the_writer_has_to_do_it()
    {
        using var tooLong = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        tooLong.CancelAfter(TimeSpan.FromMinutes(1));
        var file = new FileInfo(folder.Path);
        var row = new string('x', 64 * 1024);
        var rows = (int)(2 * StateFormat.FoldedEvery / row.Length);

        // Four megabytes: the writer begins its log anew, and folds it back itself, at thirty-two.
        await new SqliteStateStore(folder.File).WriteAsync(
            [.. Enumerable.Range(0, rows).Select(n => Rows.Write($"{n}", 0, row))], Cancel);

        while (file.Length < StateFormat.FoldedEvery)
        {
            await Task.Delay(20, tooLong.Token);
            file.Refresh();
        }
    }

    [Fact]
    public async Task A_journal_waits_for_one_group_of_a_large_flush_at_most()
    {
        var store = new SqliteStateStore(folder.File);
        var journals = new SqliteJournalStore(folder.File);
        var started = new TaskCompletionSource();
        var go = new ManualResetEventSlim();
        var blocker = folder.File.Writer.DoAsync(0, _ => Block(started, go), Cancel);
        await started.Task;
        var flush = store.WriteAsync([.. Enumerable.Range(0, 200).Select(n => Rows.Write($"{n}", 0, "x"))], Cancel);
        var seen = folder.File.Writer.DoAsync(
            0, session => session.Prepare("SELECT COUNT(*) FROM state").Number(), Cancel);
        var append = journals.AppendAsync("a", 0, [new JournalEvent("1", [])], Cancel);
        go.Set();
        Assert.InRange((await seen)!.Value, 0, folder.Options.GroupRows);
        Assert.True(await append);
        Assert.Equal(200, (await flush).Count(one => one.Written));
        await blocker;
    }

    [Fact]
    public async Task What_was_handed_over_before_the_end_is_stored_and_what_comes_after_it_is_refused()
    {
        var writes = Enumerable.Range(0, 50).Select(n => new SqliteJournalStore(folder.File)
            .AppendAsync($"{n}", 0, [new JournalEvent("1", [])], Cancel)).ToArray();
        folder.File.Dispose();
        Assert.All(await Task.WhenAll(writes), Assert.True);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => new SqliteStateStore(folder.File).WriteAsync([Rows.Write("k", 0, "")], Cancel));
        Assert.Equal(0, new FileInfo(folder.Path + "-wal") is { Exists: true } wal ? wal.Length : 0);
        folder.Restart();
        Assert.Equal(50, (await new SqliteJournalStore(folder.File).ListAsync("", Cancel)).Count);
    }

    [Fact]
    public async Task A_row_over_the_limit_is_refused()
    {
        folder.Options.RowBytes = 10;
        await Assert.ThrowsAsync<ArgumentException>(
            () => new SqliteStateStore(folder.File).WriteAsync([new StateWrite("k", 0, new byte[11])], Cancel));
    }

    [Fact]
    public async Task A_row_of_a_newer_program_is_refused()
    {
        var store = new SqliteStateStore(folder.File);
        await store.WriteAsync([Rows.Write("k", 0, "x")], Cancel);
        await folder.File.Writer.DoAsync(0, session => session.Prepare("UPDATE state SET schema = 2").Run(), Cancel);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await store.ReadAsync("k", Cancel));
    }

    [Fact]
    public void A_file_of_a_newer_format_is_refused_and_left_as_it_is()
    {
        folder.File.Dispose();
        using (var session = SqliteSession.OpenWriter(folder.Path, "")) session.Execute("PRAGMA user_version = 3");
        Assert.Contains("state.db is of format 3", Assert.Throws<InvalidDataException>(folder.Open).Message);
    }

    [Fact]
    public async Task A_file_of_format_1_is_brought_up_to_date_and_what_it_had_parked_is_held_and_booked()
    {
        folder.File.Dispose();
        File.Delete(folder.Path);
        using (var session = SqliteSession.OpenWriter(folder.Path, ""))
        {
            session.Execute(
                StateFormat.File.Tables
                + $"PRAGMA application_id = {StateFormat.File.ApplicationId}; PRAGMA user_version = 1;");
            session.Execute(
                """
                INSERT INTO lane (text, signals) VALUES (CAST('vm1' AS BLOB), 1);
                INSERT INTO parked (lane, position, schema, reason, data) VALUES (1, x'70', 1, CAST('why' AS BLOB), x'64');
                """);
        }

        folder.Restart();
        var lanes = new SqliteParkingLane(folder.File);
        Assert.Equal(
            new ParkedLane("vm1", "", 1, "why") { Held = true }, Assert.Single(await lanes.LanesAsync(Cancel)));
        Assert.Equal(new ParkingLedger { Parked = 1, Waiting = 1 }, (await lanes.LedgersAsync(Cancel))[""]);
        var signal = Assert.Single(await lanes.PeekAsync("vm1", 1, Cancel));
        Assert.Equal(("d", null), (Rows.Text(signal.Data), signal.Ordinal));
    }

    [Fact]
    public void A_bad_option_is_an_error_that_names_it()
    {
        using var services = new ServiceCollection().AddSqliteStorage(options => options.GroupRows = 0).BuildServiceProvider();
        void Start() => services.GetRequiredService<IStartupValidator>().Validate();
        Assert.Contains("GroupRows", Assert.Throws<OptionsValidationException>(Start).Message);
    }

    [Fact]
    public async Task The_services_share_one_file()
    {
        using var services = new ServiceCollection()
            .AddSqliteStorage(options => options.Folder = Path.Combine(folder.Options.Folder, "of", "services"))
            .BuildServiceProvider();
        await services.GetRequiredService<IJournalStore>().AppendAsync("a", 0, [new JournalEvent("1", [])], Cancel);
        await services.GetRequiredService<IStateStore>().WriteAsync([Rows.Write("k", 0, "x")], Cancel);
        Assert.Null(await services.GetRequiredService<ICheckpointStore>().ReadAsync("p", Cancel));
        Assert.Empty(await services.GetRequiredService<IParkingLane>().LanesAsync(Cancel));
    }

    private static int Block(TaskCompletionSource started, ManualResetEventSlim go)
    {
        started.TrySetResult();
        go.Wait();
        return 0;
    }
}

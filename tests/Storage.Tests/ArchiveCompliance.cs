using Correlation.Customers;

namespace Correlation.Storage.Tests;

/// <summary>What every archive must do.</summary>
public abstract class ArchiveCompliance
{
    private static readonly CustomerKey Contoso = CustomerKey.Parse("contoso");
    private static readonly CustomerKey Other = CustomerKey.Parse("contoso-2");
    private static readonly DateOnly Monday = new(2026, 3, 30);
    private static readonly DateTimeOffset Noon = new(2026, 3, 30, 12, 0, 0, TimeSpan.Zero);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract IArchive Archive { get; }

    [Fact]
    public async Task A_day_of_which_nothing_was_kept_is_empty()
    {
        Assert.Empty(await ReadAsync(Contoso, Monday));
        Assert.Empty(await Archive.DaysAsync(Contoso, Cancel));
        await Archive.EraseAsync(Contoso, Cancel);
        await Archive.AppendAsync(Contoso, Monday, [], Cancel);
        Assert.Empty(await Archive.DaysAsync(Contoso, Cancel));
    }

    [Fact]
    public async Task Messages_come_back_in_order_by_customer_and_day()
    {
        await AppendAsync(Contoso, Monday, "1", "2");
        await AppendAsync(Contoso, Monday.AddDays(1), "3");
        await AppendAsync(Other, Monday, "4");
        await AppendAsync(Contoso, Monday, "5");
        Assert.Equal(["1", "2", "5"], await ReadAsync(Contoso, Monday));
        Assert.Equal(["3"], await ReadAsync(Contoso, Monday.AddDays(1)));
        Assert.Equal(["4"], await ReadAsync(Other, Monday));
    }

    [Fact]
    public async Task Any_bytes_come_back_as_they_were()
    {
        byte[][] bodies =
        [
            [], Rows.Bytes("{\"a\":1}"), Rows.Bytes("{\n  \"a\": 1\r\n}\n"), Rows.Bytes("ü 😀 \u2028 \0 \" \\"),
            [0xff, 0xfe, 0], Rows.Mebibyte(1), Rows.Bytes("\ufeff{}"), Rows.Bytes("\n"),
        ];
        await Archive.AppendAsync(
            Contoso, Monday, [.. bodies.Select((body, index) => new ArchivedMessage($"{index}", Noon, body))], Cancel);
        var read = await Archive.ReadAsync(Contoso, Monday, Cancel).ToListAsync(Cancel);
        Assert.Equal(bodies, read.Select(message => message.Body.ToArray()));
        Assert.All(read, message => Assert.Equal(Noon, message.LogTime));
    }

    [Fact]
    public async Task A_message_that_is_appended_again_is_read_once()
    {
        await AppendAsync(Contoso, Monday, "1", "2");
        await AppendAsync(Contoso, Monday, "2", "3");
        Assert.Equal(["1", "2", "3"], await ReadAsync(Contoso, Monday));
    }

    [Fact]
    public async Task An_append_larger_than_a_block_is_kept_whole()
    {
        var messages = Enumerable.Range(0, 5).Select(n => new ArchivedMessage($"{n}", Noon, Rows.Mebibyte(n)));
        await Archive.AppendAsync(Contoso, Monday, [.. messages], Cancel);
        Assert.Equal(["0", "1", "2", "3", "4"], await ReadAsync(Contoso, Monday));
    }

    [Fact]
    public async Task Appends_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => AppendAsync(Contoso, Monday, $"{number}")));
        Assert.Equal(Enumerable.Range(0, 20), (await ReadAsync(Contoso, Monday)).Select(int.Parse).Order());
    }

    [Fact]
    public async Task A_customer_can_be_erased_and_another_whose_name_begins_the_same_stays()
    {
        await AppendAsync(Contoso, Monday, "1");
        await AppendAsync(Contoso, Monday.AddDays(1), "2");
        await AppendAsync(Other, Monday, "3");
        Assert.Equal([Monday, Monday.AddDays(1)], await Archive.DaysAsync(Contoso, Cancel));
        await Archive.EraseAsync(Contoso, Cancel);
        Assert.Empty(await Archive.DaysAsync(Contoso, Cancel));
        Assert.Empty(await ReadAsync(Contoso, Monday));
        Assert.Equal(["3"], await ReadAsync(Other, Monday));
        await AppendAsync(Contoso, Monday, "4");
        Assert.Equal(["4"], await ReadAsync(Contoso, Monday));
    }

    [Fact]
    public async Task Days_before_a_day_can_be_erased_of_every_customer()
    {
        for (var day = 0; day < 4; day++) await AppendAsync(Contoso, Monday.AddDays(day), "1");
        await AppendAsync(Other, Monday, "1");
        await Archive.EraseBeforeAsync(Monday.AddDays(2), Cancel);
        Assert.Equal([Monday.AddDays(2), Monday.AddDays(3)], await Archive.DaysAsync(Contoso, Cancel));
        Assert.Empty(await Archive.DaysAsync(Other, Cancel));
    }

    private Task AppendAsync(CustomerKey customer, DateOnly day, params string[] positions) => Archive.AppendAsync(
        customer, day, [.. positions.Select(position => new ArchivedMessage(position, Noon, Rows.Bytes("{}")))], Cancel);

    private async Task<List<string>> ReadAsync(CustomerKey customer, DateOnly day) =>
        await Archive.ReadAsync(customer, day, Cancel).Select(message => message.Position).ToListAsync(Cancel);
}

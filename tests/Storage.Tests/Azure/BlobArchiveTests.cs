using System.Net;
using System.Text;
using Correlation.Customers;
using Correlation.Storage.Azure;

namespace Correlation.Storage.Tests.Azure;

public sealed class BlobArchiveTests(AzuriteServer azurite) : ArchiveCompliance, IDisposable
{
    private static readonly CustomerKey Customer = CustomerKey.Parse("contoso");
    private static readonly DateOnly Day = new(2026, 3, 30);

    private readonly AzureScope scope = new(azurite);

    protected override IArchive Archive => new BlobArchive(scope.Account);

    public void Dispose() => scope.Dispose();

    [Fact]
    public async Task A_day_has_one_blob_and_goes_on_in_a_second_one_when_that_takes_no_more_appends()
    {
        var archive = Archive;
        await AppendAsync(archive, "1");
        await AppendAsync(archive, "2");
        Assert.Equal(["contoso/2026/03/30.ndjson"], await NamesAsync());
        scope.Faults.Answer(1, Full, IsAppend);
        await AppendAsync(archive, "3");
        await AppendAsync(archive, "4");
        Assert.Equal(["contoso/2026/03/30.1.ndjson", "contoso/2026/03/30.ndjson"], await NamesAsync());
        Assert.Equal(["1", "2", "3", "4"], await ReadAsync());
        Assert.Equal([Day], await archive.DaysAsync(Customer, Cancel));
        await archive.EraseAsync(Customer, Cancel);
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task An_append_whose_answer_is_lost_is_read_once()
    {
        var archive = Archive;
        scope.Faults.LoseAnswer(1, IsAppend);
        await AppendAsync(archive, "1");
        Assert.Equal(["1"], await ReadAsync());
    }

    [Fact]
    public async Task An_append_after_the_customer_was_erased_elsewhere_makes_the_blob_again()
    {
        var archive = Archive;
        await AppendAsync(archive, "1");
        await Archive.EraseAsync(Customer, Cancel);
        await AppendAsync(archive, "2");
        Assert.Equal(["2"], await ReadAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Throttled_appends_are_tried_again(HttpStatusCode status)
    {
        await scope.Account.ReadyAsync(Cancel);
        scope.Faults.Refuse(3, status);
        await AppendAsync(Archive, "1");
        Assert.Equal(["1"], await ReadAsync());
    }

    private static bool IsAppend(HttpRequestMessage request) =>
        request.RequestUri!.Query.Contains("comp=appendblock", StringComparison.Ordinal);

    private static HttpResponseMessage Full() => new(HttpStatusCode.Conflict)
    {
        Content = new StringContent(
            "<?xml version=\"1.0\"?><Error><Code>BlockCountExceedsLimit</Code><Message>full</Message></Error>",
            Encoding.UTF8, "application/xml"),
        Headers = { { "x-ms-error-code", "BlockCountExceedsLimit" } },
    };

    private static Task AppendAsync(IArchive archive, string position) =>
        archive.AppendAsync(Customer, Day, [new ArchivedMessage(position, DateTimeOffset.UnixEpoch, Rows.Bytes("{}"))], Cancel);

    private async Task<List<string>> ReadAsync() =>
        await Archive.ReadAsync(Customer, Day, Cancel).Select(message => message.Position).ToListAsync(Cancel);

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var blob in scope.Account.Archive.GetBlobsAsync(cancellationToken: Cancel)) names.Add(blob.Name);
        return names;
    }
}

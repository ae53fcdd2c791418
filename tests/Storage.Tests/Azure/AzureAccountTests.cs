using Azure;
using Azure.Data.Tables;
using Correlation.Storage.Azure;
using Correlation.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Correlation.Storage.Tests.Azure;

public sealed class AzureAccountTests(AzuriteServer azurite) : IDisposable
{
    private readonly AzureScope scope = new(azurite);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scope.Dispose();

    [Fact]
    public async Task Another_number_of_buckets_than_the_stored_one_is_refused()
    {
        await scope.Account.ReadyAsync(Cancel);
        await scope.Open().ReadyAsync(Cancel);
        scope.Options.Buckets = 63;
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => scope.Open().ReadyAsync(Cancel));
        Assert.Contains("64 buckets", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preparation_that_failed_is_tried_again()
    {
        scope.Options.Retries = 0;
        scope.Restart();
        scope.Faults.Refuse(1, System.Net.HttpStatusCode.ServiceUnavailable);
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => scope.Account.ReadyAsync(Cancel));
        await scope.Account.ReadyAsync(Cancel);
    }

    [Fact]
    public async Task The_services_share_one_account_and_the_host_asks_it_at_start()
    {
        await using var services = Services(scope.Options.ConnectionString, scope.Options.Prefix);
        foreach (var hosted in services.GetServices<IHostedService>()) await hosted.StartAsync(Cancel);
        var settings = new TableServiceClient(scope.Options.ConnectionString).GetTableClient(scope.Options.Prefix + "settings");
        Assert.Single(await settings.QueryAsync<TableEntity>(cancellationToken: Cancel).ToListAsync(Cancel));
        await services.GetRequiredService<IStateStore>().WriteAsync([Rows.Write("k", 0, "x")], Cancel);
        await services.GetRequiredService<IJournalStore>().AppendAsync("a", 0, [new JournalEvent("1", [])], Cancel);
        Assert.Null(await services.GetRequiredService<ICheckpointStore>().ReadAsync("p", Cancel));
        Assert.Empty(await services.GetRequiredService<IParkingLane>().LanesAsync(Cancel));
        Assert.IsType<BlobArchive>(services.GetRequiredService<IArchive>());
    }

    [Fact]
    public async Task Transactions_and_rows_are_counted_by_kind()
    {
        using var meters = new Meters();
        var clients = AzureClients.Create(scope.Options);
        var account = new AzureAccount(scope.Options, clients, meters);
        await new AzureTableStateStore(account).WriteAsync([Rows.Write("a", 0, "x"), Rows.Write("b", 0, "x")], Cancel);
        await new AzureTableStateStore(account).WriteAsync([Rows.Write("a", 0, "x")], Cancel);
        JournalEvent[] events = [new("1", []), new("2", [])];
        await new AzureTableJournalStore(account).AppendAsync("a", 0, events, Cancel);
        Assert.Equal((2, 1), (meters["correlation.storage.rows state"], meters["correlation.storage.failures state"]));
        Assert.Equal((1, 1), (meters["correlation.storage.transactions journal"], meters["correlation.storage.rows journal"]));
    }

    private static ServiceProvider Services(string? connection, string prefix) => new ServiceCollection()
        .AddAzureStorage(options => (options.ConnectionString, options.Prefix) = (connection, prefix)).BuildServiceProvider();
}

public sealed class AzureStorageOptionsTests
{
    private const string Secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";

    [Theory]
    [InlineData("ConnectionString", null, null, null)]
    [InlineData("ConnectionString", "x", "https://a.table.core.windows.net", "https://a.blob.core.windows.net")]
    [InlineData("ConnectionString", null, "https://a.table.core.windows.net", null)]
    [InlineData("TableUri", null, "http://a.table.core.windows.net", "https://a.blob.core.windows.net")]
    [InlineData("TableUri", null, "https://a.table.core.windows.net?sig=1", "https://a.blob.core.windows.net")]
    public void An_account_that_is_not_named_or_in_two_ways_is_an_error(
        string named, string? connection, string? tables, string? blobs)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Start(options =>
        {
            options.ConnectionString = connection;
            options.TableUri = tables is null ? null : new Uri(tables);
            options.BlobUri = blobs is null ? null : new Uri(blobs);
        }));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bad_option_is_named()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Start(options =>
            (options.Prefix, options.Buckets, options.Retries) = ("No-Good", 0, -1)));
        Assert.All(["Prefix", "Buckets", "Retries"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_addresses_are_enough() => Start(options => (options.TableUri, options.BlobUri) =
        (new Uri("https://a.table.core.windows.net"), new Uri("https://a.blob.core.windows.net")));

    [Theory]
    [InlineData("AccountName=a;AccountKey=" + Secret + ";TableEndpoint=nowhere")]
    [InlineData(Secret)]
    public void A_connection_string_that_cannot_be_read_is_not_repeated(string connection)
    {
        var options = new AzureStorageOptions { ConnectionString = connection };
        var error = Assert.Throws<ArgumentException>(() => AzureClients.Create(options));
        Assert.DoesNotContain(Secret[..10], error.ToString(), StringComparison.Ordinal);
    }

    private static void Start(Action<AzureStorageOptions> configure)
    {
        using var services = new ServiceCollection().AddAzureStorage(configure).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}

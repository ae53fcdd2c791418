using Correlation.Customers;
using Microsoft.Extensions.Options;

namespace Correlation.Storage.Tests.Archive;

public sealed class FolderArchiveTests : ArchiveCompliance, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("archive-").FullName;
    private readonly FolderArchive archive;

    public FolderArchiveTests() =>
        archive = new FolderArchive(new OptionsWrapper<FolderArchiveOptions>(new FolderArchiveOptions { Folder = folder }));

    protected override IArchive Archive => archive;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_line_that_a_crash_broke_off_is_no_message_and_costs_no_other()
    {
        var (customer, day) = (CustomerKey.Parse("contoso"), new DateOnly(2026, 3, 30));
        await archive.AppendAsync(customer, day, [new ArchivedMessage("1", DateTimeOffset.UnixEpoch, Rows.Bytes("{}"))], Cancel);
        var path = Path.Combine(folder, "contoso", "2026", "03", "30.ndjson");
        await File.AppendAllTextAsync(path, "{\"position\":\"2\",\"bo", Cancel);
        await archive.AppendAsync(customer, day, [new ArchivedMessage("3", DateTimeOffset.UnixEpoch, Rows.Bytes("{}"))], Cancel);
        var read = await archive.ReadAsync(customer, day, Cancel).ToListAsync(Cancel);
        Assert.Equal(["1", "3"], read.Select(message => message.Position));
    }
}

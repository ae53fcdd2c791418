using System.IO.Compression;
using System.Text.Json;

namespace Correlation.Estate.Tests;

/// <summary>What lies in src/Silo/Demo is what the generator makes: <c>loadtests -- estate --out src/Silo/Demo</c>.</summary>
public sealed class CommittedBundleTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Bundle");

    [Fact]
    public void The_bundle_is_what_its_seed_makes()
    {
        using var made = new MemoryStream();
        BundleWriter.WriteMessages(Days.Demo, made);

        Assert.Equal(Plain(made.ToArray()), Plain(File.ReadAllBytes(Path.Combine(Folder, BundleWriter.MessagesFile))));
    }

    [Fact]
    public void The_truth_is_what_its_seed_makes()
    {
        using var made = new MemoryStream();
        BundleWriter.WriteTruth(Days.Demo.Truth, made);

        Assert.Equal(Plain(made.ToArray()), Plain(File.ReadAllBytes(Path.Combine(Folder, BundleWriter.TruthFile))));
    }

    [Fact]
    public void The_truth_can_be_read_again()
    {
        using var file = File.OpenRead(Path.Combine(Folder, BundleWriter.TruthFile));
        var truth = BundleWriter.ReadTruth(file);

        Assert.Equal(Days.Demo.Truth.Counts, truth.Counts);
        Assert.Equal(Days.Demo.Truth.Failures.Select(f => f.Cause), truth.Failures.Select(f => f.Cause));
    }

    [Fact]
    public void The_customers_file_is_what_its_seed_makes()
    {
        var text = File.ReadAllText(Path.Combine(Folder, BundleWriter.CustomersFile));

        Assert.Equal(BundleWriter.CustomersJson(Days.Demo.Truth), text);
        var customers = JsonDocument.Parse(text).RootElement.GetProperty("customers").EnumerateArray().ToList();
        Assert.Equal(["contoso", "fabrikam", "northwind"], customers.Select(c => c.GetProperty("key").GetString()));
        Assert.Equal(Days.Demo.Truth.Topology.Count, customers.Sum(c => c.GetProperty("topology").GetArrayLength()));
    }

    [Fact]
    public void The_bundle_is_small_enough_to_be_committed() =>
        Assert.InRange(new FileInfo(Path.Combine(Folder, BundleWriter.MessagesFile)).Length, 1, 1_500_000);

    private static byte[] Plain(byte[] compressed)
    {
        using var brotli = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        brotli.CopyTo(plain);
        return plain.ToArray();
    }
}

using Correlation.Configuration;
using Correlation.Grains.Configuration;
using Correlation.Grains.Customers;
using Correlation.Grains.Remediation;
using Correlation.Signals;
using static Correlation.Grains.Tests.Configuration.ConfiguredCluster;

namespace Correlation.Grains.Tests.Configuration;

public sealed class ConfigurationTests
{
    private const string Wrong = """{ "customers": [{ "key": "No Good", "timeZone": "Mars/Olympus" }] }""";

    private static readonly ResourceId Vm =
        ResourceId.Parse("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm1");

    [Fact]
    public async Task The_same_content_is_one_version_through_writing_again_and_restarts()
    {
        await using var cluster = await ConfiguredCluster.StartAsync(OwnedBy("acme", label: 7));
        await cluster.LearntAsync(1);
        cluster.Write("customers.json", OwnedBy("acme", label: 7));
        await cluster.RestartAsync();
        await cluster.LearntAsync(1);

        var version = Assert.Single(await cluster.Authority.Versions());
        Assert.Equal(
            (FileKind.Customers, 1, null, "7", true),
            (version.Kind, version.Number, version.InForce, version.Label, version.Current));
        Assert.Equal("acme", cluster.Service<Owners>().OwnerOf(Vm, null, Noon.AddYears(-5)).Value);
    }

    [Fact]
    public async Task Other_content_is_the_next_version_in_force_from_the_log_time_a_lead_ahead_of_the_stream()
    {
        await using var cluster = await ConfiguredCluster.StartAsync(OwnedBy("acme"));
        await cluster.ReachAsync(Noon);
        cluster.Write("customers.json", OwnedBy("globex"));
        await cluster.LearntAsync(2);

        var from = Noon + new ConfigurationOptions().Lead;
        var owners = cluster.Service<Owners>();
        Assert.Equal("acme", owners.OwnerOf(Vm, null, from.AddTicks(-1)).Value);
        Assert.Equal("globex", owners.OwnerOf(Vm, null, from).Value);
        Assert.Equal([(2, from, false), (1, default, true)], await Versions());

        await cluster.ReachAsync(Noon.AddMinutes(1));
        Assert.Equal([(2, from, true), (1, default, false)], await Versions());

        await cluster.RestartAsync();
        await cluster.LearntAsync(2);
        Assert.Equal("acme", cluster.Service<Owners>().OwnerOf(Vm, null, from.AddTicks(-1)).Value);

        async Task<IEnumerable<(int Number, DateTimeOffset From, bool Current)>> Versions() =>
            (await cluster.Authority.Versions()).Select(version => (version.Number, version.InForce ?? default, version.Current));
    }

    [Fact]
    public async Task A_file_that_gets_mistakes_is_refused_with_all_of_them_and_the_version_before_stays()
    {
        await using var cluster = await ConfiguredCluster.StartAsync(OwnedBy("acme"));
        cluster.Write("customers.json", Wrong);
        await UntilAsync(() => !cluster.Complaints.IsEmpty);

        var complaint = Assert.Single(cluster.Complaints);
        Assert.Contains("Mars/Olympus", complaint, StringComparison.Ordinal);
        Assert.Contains("the key is not", complaint, StringComparison.Ordinal);
        Assert.Single(await cluster.Authority.Versions());

        cluster.Write("customers.json", OwnedBy("globex"));
        await cluster.LearntAsync(2);
    }

    [Fact]
    public async Task A_silo_does_not_start_with_a_file_that_has_mistakes()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => ConfiguredCluster.StartAsync(Wrong));
        Assert.Contains("Mars/Olympus", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_with_an_older_file_learns_the_newer_version_and_brings_nothing_back()
    {
        await using var cluster = await ConfiguredCluster.StartAsync(OwnedBy("acme"));
        cluster.Write("customers.json", OwnedBy("acme"), silo: 1);
        File.SetLastWriteTimeUtc(cluster.PathOf("customers.json", silo: 1), DateTime.UtcNow.AddDays(-1));
        cluster.Write("customers.json", OwnedBy("globex"));
        await cluster.LearntAsync(2);

        await cluster.AddSiloAsync();
        await cluster.LearntAsync(2, silo: 1);

        Assert.Equal(2, (await cluster.Authority.Versions()).Length);
        Assert.Contains(cluster.Complaints, complaint => complaint.Contains("older than version 2", StringComparison.Ordinal));

        cluster.Write("customers.json", OwnedBy("acme"), silo: 1);
        await cluster.LearntAsync(3);
    }

    [Fact]
    public async Task Rules_are_versions_that_every_silo_learns_and_their_addresses_are_not_stored()
    {
        await using var cluster = await ConfiguredCluster.StartAsync(rules: Rules("restart"));
        var rules = cluster.Service<IRuleSource>();
        Assert.Equal((1, "restart"), (rules.Newest.Version, rules.Newest.Rules[0].Name));
        Assert.Equal("/s3cret", rules.AddressOf("restart")?.AbsolutePath);

        await cluster.ReachAsync(Noon);
        cluster.Write("rules.yaml", Rules("recycle"));
        await UntilAsync(() => rules.Newest.Version == 2);
        Assert.Equal(("restart", "recycle"), (rules.At(Noon).Rules[0].Name, rules.At(Noon.AddMinutes(1)).Rules[0].Name));

        // Another machine has no rule file: it knows the rules, but no address.
        await cluster.AddSiloAsync();
        var other = cluster.Service<IRuleSource>(1);
        await UntilAsync(() => other.Newest.Version == 2);
        Assert.Equal(("recycle", null), (other.At(Noon.AddMinutes(1)).Rules[0].Name, other.AddressOf("recycle")));
        Assert.DoesNotContain("s3cret", cluster.Stored(), StringComparison.Ordinal);
        Assert.Contains("recycle", cluster.Stored(), StringComparison.Ordinal);

        File.Delete(cluster.PathOf("rules.yaml"));
        await UntilAsync(() => rules.Newest.Version == 3 && other.Newest.Version == 3);
        Assert.Empty(other.Newest.Rules);
    }

    private static string OwnedBy(string customer, int label = 1) =>
        $$"""{ "version": {{label}}, "customers": [{ "key": "{{customer}}", "subscriptions": ["s"] }] }""";

    private static string Rules(string name) => $$"""
        allowedHosts: [hooks.example]
        rules:
          - name: {{name}}
            action: { name: {{name}}, url: "https://hooks.example/s3cret" }
        """;
}

using System.Reflection;
using System.Text.RegularExpressions;

namespace Correlation.Silo.Tests;

/// <summary>A bad value of any options class stops the process before it joins anything, with the option's name.</summary>
public sealed partial class OptionsTests : IDisposable
{
    /// <summary>For each options class a bad value, as arguments, and the name that the refusal must hold.</summary>
    private static readonly Dictionary<string, (string Argument, string Named)> Cases = new()
    {
        ["ApiKeyOptions"] = ("Gateway:ApiKeys:0:Key=short", "Gateway:ApiKeys:0:Key"),
        ["ArchiveOptions"] = ("Correlation:Archive:Days=-1", "Days"),
        ["AzureStorageOptions"] = ("Storage:Provider=AzureStorage", "ConnectionString"),
        ["CauseOptions"] = ("Correlation:Causes:Temperature=0", "Temperature"),
        ["ConfigurationOptions"] = ("Correlation:Configuration:Interval=00:00:00", "Interval"),
        ["CreditOptions"] = ("Correlation:Credit:Shares=0", "Shares"),
        ["CustomerOptions"] = ("Correlation:Incidents:LiveSymptoms=99", "LiveSymptoms"),
        ["CustomersFileOptions"] = ("Correlation:Customers:Path=no-such-file.json", "Correlation:Customers:Path"),
        ["DecodingLimits"] = ("Correlation:Decoding:Depth=7", "Depth"),
        ["EarlyCollectionOptions"] = ("Correlation:Collections:AfterBytes=-1", "AfterBytes"),
        ["EventHubOptions"] = (
            "Streams:Kind=EventHubs Streams:EventHubs:Hubs:0:Name=not/good", "Streams:EventHubs:Hubs:0:Name"),
        ["EventHubsOptions"] = ("Streams:Kind=EventHubs", "Streams:EventHubs:Hubs names no hub"),
        ["FailureSettings"] = ("Correlation:Failures:SureFrom=2", "SureFrom"),
        ["FlushOptions"] = ("Correlation:Flush:StatesPerWrite=0", "StatesPerWrite"),
        ["FolderArchiveOptions"] = ("Correlation:Archive:Folder=", "Folder"),
        ["GatewayOptions"] = ("Gateway:PageSize=0", "PageSize"),
        ["GroupingOptions"] = ("Correlation:Grouping:Near=-0.4", "Near"),
        ["LocalStreamOptions"] = ("Correlation:Stream:Partitions=0", "Partitions"),
        ["ParkingOptions"] = ("Correlation:Parking:Attempts=0", "Attempts"),
        ["ProblemOptions"] = ("Correlation:Problems:HoldPeriods=0", "HoldPeriods"),
        ["ReaderOptions"] = ("Correlation:Reader:BatchMessages=0", "BatchMessages"),
        ["RemediationOptions"] = ("Correlation:Remediation:TargetsMax=0", "TargetsMax"),
        ["ResourceGraphFileOptions"] = (
            "Correlation:Topology:Path=no-such-file.json", "Correlation:Topology:Path"),
        ["ResourceOptions"] = ("Correlation:Resources:MaxFacts=7", "MaxFacts"),
        ["RuleFileOptions"] = ("urls=http://127.0.0.1:0", "Port"),
        ["SqliteStorageOptions"] = ("Correlation:Storage:GroupRows=0", "GroupRows"),
    };

    private readonly DataFolder _folder = new(DateTimeOffset.UnixEpoch);

    /// <summary>The names of the options classes with a case.</summary>
    public static TheoryData<string> Names => [.. Cases.Keys.Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_options_class_has_a_case() =>
        Assert.Equal(Found().Order(StringComparer.Ordinal), Cases.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Names))]
    public async Task A_bad_value_is_refused_at_start_with_its_name(string name)
    {
        var (argument, named) = Cases[name];

        var refused = await SiloProcess.RefusedAsync(_folder.Path, [.. argument.Split(' ').Select(one => $"--{one}")]);

        StartTests.AssertRefused(refused, named);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "state.db")));
    }

    /// <summary>The classes of the product that are called options, or are used as such;
    /// the command line's are read by itself.</summary>
    private static HashSet<string> Found()
    {
        var root = typeof(OptionsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot").Value!;
        var sources = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Generated().IsMatch(file)).Select(File.ReadAllText).ToList();
        var declared = sources.SelectMany(text => Declaration().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet();
        var used = sources.SelectMany(text => Use().Matches(text)).Select(match => match.Groups[1].Value);
        return [.. declared.Where(name => name.EndsWith("Options", StringComparison.Ordinal))
            .Union(used.Where(declared.Contains))];
    }

    [GeneratedRegex(@"[\\/](obj|bin|Cli)[\\/]")]
    private static partial Regex Generated();

    [GeneratedRegex(@"\b(?:class|record) (\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b(?:IOptions(?:Monitor|Snapshot)?|AddOptions|AddValidated|Configure)<(\w+)>")]
    private static partial Regex Use();
}

using Correlation.Customers;
using Correlation.Replay;

namespace Correlation.Tests.Replay;

/// <summary>A configuration to judge by is followed whole or refused by name.</summary>
public sealed class ReplaySettingsTests
{
    [Fact]
    public void Sections_are_read_as_the_silo_reads_them()
    {
        var settings = ReplaySettings.Read("""
            {
              // as in appsettings.json
              "Correlation": {
                "grouping": { "Threshold": 1.2, "NearDecay": "00:05:00", "MaxMembers": "50", },
                "Causes:Temperature": 2,
                "Customers": { "Path": "customers.json" }
              },
              "Correlation:Incidents:QuietTime": "00:20:00",
              "Correlation:Topology:Path": "graph.json"
            }
            """);

        Assert.Equal((1.2, TimeSpan.FromMinutes(5), 50),
            (settings.Grouping.Threshold, settings.Grouping.NearDecay, settings.Grouping.MaxMembers));
        Assert.Equal((2, TimeSpan.FromMinutes(20)), (settings.Causes.Temperature, settings.Incidents.QuietTime));
        Assert.Equal(("customers.json", "graph.json"), (settings.Customers, settings.Topology));
        var setup = settings.Setup(CustomerMaps.None);
        Assert.Same(settings.Grouping, setup.Grouping);
        Assert.Same(settings.Causes, setup.Causes);
        Assert.Same(settings.Incidents, setup.Incidents);
        Assert.Same(settings.Resources, setup.Resources);
        Assert.Same(settings.Decoding, setup.Decoding);
    }

    [Theory]
    [InlineData("""{"Correlation":{"Gruoping":{}}}""", "'Correlation:Gruoping' is nothing that a replay judges by; it knows")]
    [InlineData("""{"Logging":{"LogLevel":{}}}""", "'Logging' is nothing that a replay judges by")]
    [InlineData("""{"Correlation":{"Grouping":{"Treshold":2}}}""", "'Correlation:Grouping:Treshold' is no setting; Corr")]
    [InlineData("""{"Correlation:Grouping":{"Threshold":"much"}}""",
        "'Correlation:Grouping:Threshold' cannot be much: it takes a num")]
    [InlineData("""{"Correlation:Grouping":{"MaxMembers":1.5}}""",
        "'Correlation:Grouping:MaxMembers' cannot be 1.5: it takes a whole")]
    [InlineData("""{"Correlation:Grouping":{"Window":"soon"}}""",
        "'Correlation:Grouping:Window' cannot be soon: it takes a duration")]
    [InlineData("""{"Correlation":{"Grouping":{"Threshold":{"a":1}}}}""", "'Correlation:Grouping:Threshold:a' is nothing")]
    [InlineData("""{"Correlation":{"Grouping":3}}""", "'Correlation:Grouping' is a section: it takes settings by name")]
    [InlineData("""{"Correlation:Grouping":{"Threshold":99}}""",
        "Correlation:Grouping: The field Threshold must be between 0.1 and")]
    [InlineData("[]", "It is no JSON object.")]
    [InlineData("{\n\"Correlation\":", "It is no JSON: see line 2.")]
    public void What_would_not_be_followed_is_refused_by_name(string json, string sentence)
    {
        var error = Assert.Throws<ReplaySettingsException>(() => ReplaySettings.Read(json));

        Assert.StartsWith(sentence, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("""{"at":5.5,"body":{"a":1}}""", 5.5, null, """{"a":1}""")]
    [InlineData("""{"at":"2026-03-02T00:00:00Z","body":"text"}""", null, "2026-03-02T00:00:00Z", "text")]
    [InlineData("""{"arrival":1772409600.5,"body":[1]}""", null, "2026-03-02T00:00:00.500Z", "[1]")]
    public void A_line_of_a_recording_has_seconds_or_a_time(string line, double? seconds, string? time, string body)
    {
        var read = RecordedLine.Read(line);

        Assert.Equal(new RecordedLine(seconds, time is null ? null : DateTimeOffset.Parse(time, null), body), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("""{"at":5}""")]
    [InlineData("""{"body":5}""")]
    [InlineData("""{"at":5,"body":null}""")]
    [InlineData("""{"at":"soon","body":5}""")]
    [InlineData("""{"arrival":"2026-03-02T00:00:00Z","body":5}""")]
    [InlineData("""{"at":1e20,"body":5}""")]
    public void Anything_else_is_no_line(string line) => Assert.Null(RecordedLine.Read(line));
}

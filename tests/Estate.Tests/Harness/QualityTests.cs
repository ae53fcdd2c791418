using System.Text.Json;
using Correlation.Detection;
using Correlation.Quality;
using Correlation.Quality.Causes;
using Correlation.Quality.Estate;
using Correlation.Quality.Grouping;
using Correlation.Quality.Incidents;
using Correlation.Quality.Recorded;
using Correlation.Quality.RootCause;
using Correlation.Signals;

namespace Correlation.Estate.Tests.Harness;

/// <summary>The quality harness on inputs that fit on a screen: every command gives the form that the scorers read.</summary>
public sealed class QualityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quality").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_row_of_alerts_gets_a_cluster_and_what_is_a_day_apart_another()
    {
        const string input = """
            id,time,host,type,label,n
            7,1000000,web,scan,secret,3
            8,1000001,web,login,-,1
            9,1086400,web,scan,secret,1
            """;
        using var output = new StringWriter { NewLine = "\n" };

        var figures = PredictGrouping.Run(new StringReader(input), output);

        var rows = output.ToString().TrimEnd().Split('\n').Select(line => line.Split(',')).ToList();
        Assert.Equal(["id", "cluster"], rows[0]);
        Assert.Equal(["7", "8", "9"], rows.Skip(1).Select(row => row[0]));
        Assert.Equal(rows[1][1], rows[2][1]);
        Assert.NotEqual(rows[1][1], rows[3][1]);
        Assert.Equal((3, 5L), ((int)figures["rows"], (long)figures["signals"]));
    }

    [Fact]
    public void Every_entity_of_a_failure_is_ranked_once_in_its_own_spelling()
    {
        const string failure =
            """{"id":4,"root":"secret","graph":0,"alerts":[["M","Db-0","cpu up"],["T","Web-0","GET PD","Db-0"]]}""";
        var failures = Write("in.jsonl", failure);
        var graphs = Write("graphs.jsonl", """{"graph":0,"nodes":["Db-0","Web-0"],"edges":[["Web-0","Db-0"]]}""");
        var output = Path.Combine(_folder, "out.jsonl");

        PredictRootCause.Run(Arguments.Parse([failures, "--graphs", graphs, output]));

        var line = JsonDocument.Parse(File.ReadAllText(output)).RootElement;
        Assert.Equal(4, line.GetProperty("id").GetInt32());
        Assert.Equal(["Db-0", "Web-0"], line.GetProperty("ranking").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public void A_service_whose_metrics_go_off_is_an_incident_and_a_quiet_one_is_none()
    {
        var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var values = Enumerable.Range(0, 120).SelectMany(i => new[]
        {
            ValueOf(i, "cart", i is >= 60 and < 65 ? 900 : 10 + (i % 3)),
            ValueOf(i, "mail", 10 + (i % 3)),
        });

        var found = PredictIncidents.Detect(values, [("cart", "mail")]);

        var incident = Assert.Single(found.Result.Incidents);
        Assert.Equal(start.AddMinutes(62), incident.Opened);
        Assert.Equal("cart", incident.Causes[0].Resource.Canonical);
        Assert.Equal(1, found.Anomalies);

        Value ValueOf(int minute, string service, double value) => new(
            start.AddMinutes(minute), new MetricSample(new MetricSeries(ResourceId.Parse(service), "cpu"), value));
    }

    [Fact]
    public void An_alarm_that_another_follows_is_its_cause()
    {
        var rows = Enumerable.Range(1, 30).Select(i => i * 9000)
            .SelectMany(at => new[] { $"{at},{at + 30},5,1", $"{at + 20},{at + 40},5,2" });
        using var output = new StringWriter { NewLine = "\n" };

        PredictCauses.Run(new StringReader("start,end,device,alarm\n" + string.Join('\n', rows)), output);

        Assert.StartsWith("cause,effect,weight\n1,2,", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Recorded_payloads_give_incidents_with_the_ids_that_Azure_knows_them_by()
    {
        var alert = """
            {"arrival":1772409660,"body":{"schemaId":"azureMonitorCommonAlertSchema","data":{"essentials":{
            "alertId":"/subscriptions/s1/providers/Microsoft.AlertsManagement/alerts/a1","alertRule":"cpu","severity":"Sev0",
            "signalType":"Metric","monitorCondition":"Fired","monitoringService":"Platform",
            "alertTargetIDs":["/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm1"],
            "firedDateTime":"2026-03-02T00:00:00Z"},"alertContext":{}}}}
            """.ReplaceLineEndings("");
        var output = Path.Combine(_folder, "out.json");

        PredictSignals.Run(Arguments.Parse([Write("in.jsonl", alert), output]));

        var incident = Assert.Single(JsonDocument.Parse(File.ReadAllText(output)).RootElement.EnumerateArray().ToList());
        Assert.Equal("sub-s1", incident.GetProperty("customer").GetString());
        Assert.Equal(1772409660, incident.GetProperty("opened").GetDouble());
        var member = Assert.Single(incident.GetProperty("members").EnumerateArray().ToList());
        Assert.EndsWith("a1", member.GetString(), StringComparison.Ordinal);
        Assert.Single(incident.GetProperty("cause").EnumerateArray().ToList());
        Assert.Empty(incident.GetProperty("changes").EnumerateArray().ToList());
    }

    [Fact]
    public void Perfect_incidents_have_perfect_figures_and_mixed_ones_have_not()
    {
        var truth = AzureEstate.Generate(new EstateOptions { Hours = 24 }).Truth;
        var perfect = truth.Failures.Where(failure => failure.MinIncidents > 0).Select(Perfect).ToList();
        var all = new JudgedIncident(
            new FoundIncident("all", [.. perfect.SelectMany(incident => incident.Found.Members)]), perfect[0].Causes);

        var (best, mixed) = (FiguresOf(truth, perfect), FiguresOf(truth, [all]));

        Assert.Equal((1.0, 1.0, 0.0), ((double)best["f1"], (double)best["causeTop1"], (double)best["falseShare"]));
        Assert.Equal(1.0, (double)mixed["recall"]);
        Assert.True((double)mixed["precision"] < 0.9);
        Assert.True((int)mixed["acrossCustomers"] == 1 && (int)best["acrossCustomers"] == 0);
    }

    [Fact]
    public void An_option_without_its_value_and_a_wrong_count_of_files_are_told()
    {
        Assert.Throws<ArgumentException>(() => Arguments.Parse(["a", "--day"]));
        Assert.Throws<ArgumentException>(() => Arguments.Parse(["a"]).Files(2));
        Assert.Throws<ArgumentException>(() => Arguments.Parse(["--seeds", "9..1"]).Range("seeds"));
        Assert.Equal([3, 4, 5], Arguments.Parse(["--seeds", "3..5"]).Range("seeds"));
    }

    private static Dictionary<string, object> FiguresOf(Truth truth, IReadOnlyList<JudgedIncident> incidents)
    {
        var figures = new EstateFigures();
        figures.Add(truth, incidents, null);
        return figures.All();
    }

    private static JudgedIncident Perfect(TruthFailure failure) => new(
        new FoundIncident(failure.Id, [.. failure.Symptoms.Select(one =>
            new FoundSymptom(one.Resource, one.RuleOrOperation, one.Start, one.End, one.ExternalIds))]),
        [failure.RootResource]);

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text + "\n");
        return file;
    }
}

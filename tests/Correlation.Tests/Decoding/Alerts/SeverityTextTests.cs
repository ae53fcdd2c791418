using System.Text;
using Correlation.Decoding;
using Correlation.Signals;

namespace Correlation.Tests.Decoding.Alerts;

public class SeverityTextTests
{
    [Theory]
    [InlineData("Sev0", Severity.Critical)]
    [InlineData("Sev1", Severity.Error)]
    [InlineData("Sev2", Severity.Warning)]
    [InlineData("Sev3", Severity.Informational)]
    [InlineData("Sev4", Severity.Verbose)]
    [InlineData("SEV1", Severity.Error)]
    [InlineData(" sev 2 ", Severity.Warning)]
    [InlineData("0", Severity.Critical)]
    [InlineData("3", Severity.Informational)]
    [InlineData("4", Severity.Verbose)]
    [InlineData("5", Severity.Unknown)]
    [InlineData("Sev5", Severity.Unknown)]
    [InlineData("Sev", Severity.Unknown)]
    [InlineData("-1", Severity.Unknown)]
    [InlineData("High", Severity.Error)]
    [InlineData("Medium", Severity.Warning)]
    [InlineData("Low", Severity.Informational)]
    [InlineData("Informational", Severity.Informational)]
    [InlineData("Critical", Severity.Critical)]
    [InlineData("", Severity.Unknown)]
    [InlineData("a word that is longer than any severity is", Severity.Unknown)]
    public void An_alert_counts_its_severity_from_zero(string text, Severity severity)
    {
        Assert.Equal(severity, SeverityText.OfAlert(text));
        Assert.Equal(severity, SeverityText.OfAlert(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("1", Severity.Critical)]
    [InlineData("2", Severity.Error)]
    [InlineData("3", Severity.Warning)]
    [InlineData("4", Severity.Informational)]
    [InlineData("5", Severity.Verbose)]
    [InlineData("0", Severity.Unknown)]
    [InlineData("6", Severity.Unknown)]
    [InlineData("Information", Severity.Informational)]
    [InlineData("info", Severity.Informational)]
    [InlineData("NOTICE", Severity.Informational)]
    [InlineData("Warning", Severity.Warning)]
    [InlineData("warn", Severity.Warning)]
    [InlineData("err", Severity.Error)]
    [InlineData("ERROR", Severity.Error)]
    [InlineData("crit", Severity.Critical)]
    [InlineData("alert", Severity.Critical)]
    [InlineData("emerg", Severity.Critical)]
    [InlineData("Fatal", Severity.Critical)]
    [InlineData("debug", Severity.Verbose)]
    [InlineData("Trace", Severity.Verbose)]
    [InlineData("Sev1", Severity.Error)]
    [InlineData("Ünklar", Severity.Unknown)]
    public void A_level_counts_its_severity_from_one(string text, Severity severity)
    {
        Assert.Equal(severity, SeverityText.OfLevel(text));
        Assert.Equal(severity, SeverityText.OfLevel(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData(-1, Severity.Unknown)]
    [InlineData(1, Severity.Critical)]
    [InlineData(4, Severity.Informational)]
    [InlineData(long.MaxValue, Severity.Unknown)]
    public void A_numeric_level_out_of_range_is_unknown(long level, Severity severity) =>
        Assert.Equal(severity, SeverityText.OfLevel(level));
}

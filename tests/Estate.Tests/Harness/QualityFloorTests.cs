using Correlation.Quality;
using Correlation.Quality.Estate;

namespace Correlation.Estate.Tests.Harness;

/// <summary>What a change may not make worse, on four estates of each sort of kinds; more figures are in QUALITY.md.</summary>
public sealed class QualityFloorTests
{
    [Theory]
    [InlineData("reporting", 0.90, 0.80, 0.90, 0.28)]
    [InlineData("tuning", 0.92, 0.88, 0.94, 0.25)]
    public void Grouping_and_causes_stay_as_good_as_they_are(string kinds, double f1, double top1, double top3, double falseShare)
    {
        var figures = HardScore.Run(Arguments.Parse(["--seeds", "1..4", "--kinds", kinds, "--quiet", "no"]));

        Assert.InRange(Of("f1"), f1, 1);
        Assert.InRange(Of("causeTop1"), top1, 1);
        Assert.InRange(Of("causeTop3"), top3, 1);
        Assert.InRange(Of("causeError"), 0, 0.08);
        Assert.InRange(Of("falseShare"), 0, falseShare);
        Assert.Equal(0, Of("acrossCustomers"));
        Assert.Equal(0, Of("withoutIncident"));
        Assert.InRange(Of("windowF1"), 0, BaselineFigures.Gate);
        Assert.InRange(Of("alertmanagerF1"), 0, BaselineFigures.Gate);

        double Of(string name) => Convert.ToDouble(figures[name], System.Globalization.CultureInfo.InvariantCulture);
    }
}

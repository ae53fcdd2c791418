namespace Correlation.Tests.Decoding.Alerts;

public class GoldenAlertTests
{
    public static TheoryData<string> Names => [.. GoldenCases.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_payload_gives_the_signals_that_stand_beside_it(string name)
    {
        var (payload, expected) = GoldenCases.Get(name);
        Assert.Equal(expected, GoldenCases.Lines(GoldenCases.Decode(payload)), ignoreLineEndingDifferences: true);
    }
}

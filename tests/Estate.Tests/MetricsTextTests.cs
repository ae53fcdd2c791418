using Correlation.LoadTests.Shared;

namespace Correlation.Estate.Tests;

public sealed class MetricsTextTests
{
    private const string Text =
        """
        # HELP reader_signals_total Signals with a fate
        # TYPE reader_signals_total counter
        reader_signals_total{scope="Correlation.Readers",fate="context"} 12 1764129090123
        reader_signals_total{scope="Correlation.Readers",fate="a } b"} 30 1764129090123
        reader_signals_total_more 1000
        heap_bytes 1.5e3
        pause NaN
        """;

    private static readonly MetricsText Metrics = MetricsText.Parse(Text);

    [Fact]
    public void All_series_of_a_name_are_added_up() => Assert.Equal(42, Metrics.Sum("reader_signals_total"));

    [Fact]
    public void A_label_chooses_among_them()
    {
        Assert.Equal(12, Metrics.Sum("reader_signals_total", "fate=\"context\""));
        Assert.Equal(30, Metrics.Sum("reader_signals_total", "fate=\"a } b\""));
    }

    [Fact]
    public void A_series_without_labels_or_time_is_read() => Assert.Equal(1500, Metrics.Sum("heap_bytes"));

    [Fact]
    public void What_is_not_there_is_nothing() => Assert.Equal(0, Metrics.Sum("reader_signals"));
}

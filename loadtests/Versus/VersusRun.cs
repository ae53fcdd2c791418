using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Versus;

/// <summary>One run: find each side's best batch size, then both in turn, then both killed.</summary>
/// <remarks>
/// Accepted means acknowledged: here that is on the disk, there it is in memory. Visible is the time from the first request
/// until one complete reading of all alerts through the product's own API had named every one: there <c>GET /api/v2/alerts</c>,
/// here the symptoms of every customer, each with its state and its incident, which is what an alert becomes here. The time to
/// read belongs to both. Alertmanager's receiver is told of every alert before its processor time is taken, and here every
/// checkpoint is behind them.
/// </remarks>
internal sealed class VersusRun(VersusOptions options)
{
    // What survived is in a stream here, and read as any backlog is; there nothing happens after the start.
    private static readonly TimeSpan OursRecovers = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TheirsRecovers = TimeSpan.FromSeconds(30);

    private readonly Ports _ports = new();
    private readonly Bout _bout = new(options);

    public async Task<ScenarioReport> RunAsync()
    {
        using var work = new Workspace("versus");
        var ours = new Side("ours", AlertFormats.Azure, ProductContender.StartAsync, OursRecovers);
        var theirs = new Side(
            "theirs", AlertFormats.Alertmanager, folder => AlertmanagerProcess.StartAsync(folder, _ports, options.GroupWait),
            TheirsRecovers);
        var batch = await _bout.BestBatchAsync(ours, work.Folder("sweep-ours"));
        var theirBatch = await _bout.BestBatchAsync(theirs, work.Folder("sweep-theirs"));
        var (we, they) = (new List<BoutFigures>(), new List<BoutFigures>());
        for (var round = 0; round < options.Rounds; round++)
        {
            // Neither side is always the first.
            if (round % 2 == 0) we.Add(await _bout.CountAsync(ours, work.Folder($"ours-{round}"), batch));
            they.Add(await _bout.CountAsync(theirs, work.Folder($"theirs-{round}"), theirBatch));
            if (round % 2 == 1) we.Add(await _bout.CountAsync(ours, work.Folder($"ours-{round}"), batch));
        }

        var lost = we.Sum(one => one.Unseen) + await _bout.LostByKillAsync(ours, work.Folder("kill-ours"), batch);
        var theirsLost = await _bout.LostByKillAsync(theirs, work.Folder("kill-theirs"), theirBatch);
        return new ScenarioReport(
            new
            {
                ratioAccepted = Ratio(we, they, one => one.AcceptedPerSecond),
                ratioVisible = Ratio(we, they, one => one.VisiblePerSecond),
                ratioCpu = Ratio(they, we, one => one.CpuMicroseconds),
                lost,
                theirsLost,
                killedAfter = options.Kill,
                alerts = options.Alerts,
                rounds = options.Rounds,
                ours = Of(we, batch),
                theirs = Of(they, theirBatch),
            },
            [
                .. ScenarioReport.When(lost != 0, $"{lost} alerts that we acknowledged are gone"),
                .. ScenarioReport.When(
                    they.Exists(one => one.Unseen != 0), "not every alert could be read back from Alertmanager"),
                .. ScenarioReport.When(we.Exists(one => !one.IsSettled), "not everything became durable in time"),
                .. ScenarioReport.When(
                    they.Exists(one => !one.IsSettled), "Alertmanager's receiver was not told of every alert in time"),
            ]);
    }

    private static object Of(List<BoutFigures> bouts, int batch) => new
    {
        bytesPerAlert = Figures.Median(bouts.Select(one => one.BytesPerAlert)),
        batch,
        acceptedPerSecond = Figures.Median(bouts.Select(one => one.AcceptedPerSecond)),
        visiblePerSecond = Figures.Median(bouts.Select(one => one.VisiblePerSecond)),
        cpuMicrosecondsPerAlert = Figures.Median(bouts.Select(one => one.CpuMicroseconds)),
        peakMiB = Figures.Median(bouts.Select(one => (double)one.PeakMiB)),
    };

    private static double Ratio(List<BoutFigures> we, List<BoutFigures> they, Func<BoutFigures, double> figure) =>
        Math.Round(Figures.Median(we.Select(figure)) / Figures.Median(they.Select(figure)), 3);
}

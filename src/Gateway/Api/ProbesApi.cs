using Correlation.Contracts;
using Correlation.Streams;

namespace Correlation.Gateway.Api;

/// <summary>Whether the process lives, and whether it can answer.</summary>
internal static class ProbesApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapProbes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => TypedResults.Text("ok")).AllowAnonymous().WithName("isAlive")
            .WithSummary("Whether the process lives.");
        app.MapGet("/readyz", Ready).AllowAnonymous().WithName("isReady")
            .WithSummary("Whether the cluster answers, and its streams.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> Ready(
        IGrainFactory grains, IStreamCatalog streams, TimeProvider clock)
    {
        if (streams.Trouble is { } trouble) return Failures.Problem(StatusCodes.Status503ServiceUnavailable, trouble);
        try
        {
            await grains.GetGrain<IDirectoryGrain>(0).Time().WaitAsync(Patience, clock);
            return TypedResults.Text("ready");
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException or InvalidOperationException)
        {
            return Failures.Problem(StatusCodes.Status503ServiceUnavailable, "The cluster does not answer.");
        }
    }
}

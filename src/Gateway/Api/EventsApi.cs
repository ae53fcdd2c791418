using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Gateway.Live;

namespace Correlation.Gateway.Api;

/// <summary>What happens, as it happens.</summary>
internal static class EventsApi
{
    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/events", Watch).WithName("watchEvents")
            .WithSummary("Server-sent events: incident, health and run as they happen; ping now and then. "
                + "A hint: read again what it names.")
            .Produces<FeedEvent>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static Results<ServerSentEventsResult<FeedEvent?>, ProblemHttpResult> Watch(
        string? customer, ClaimsPrincipal user, FeedHub hub, IOptions<GatewayOptions> options, TimeProvider clock,
        HttpContext context) =>
        hub.Watch(Caller.Of(user)) is { } watch
            ? TypedResults.ServerSentEvents(Items(watch, customer, options.Value.Ping, clock, context.RequestAborted))
            : Failures.Problem(StatusCodes.Status503ServiceUnavailable, "There are as many watchers as there may be.");

    private static async IAsyncEnumerable<SseItem<FeedEvent?>> Items(
        FeedWatch watch, string? customer, TimeSpan ping, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var _ = watch;
        yield return new SseItem<FeedEvent?>(null, "ping");
        while (!cancel.IsCancellationRequested)
        {
            using var quiet = new CancellationTokenSource(ping, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancel);
            var more = await WaitAsync(watch, either.Token);
            if (more is false) yield break;
            if (more is null) yield return new SseItem<FeedEvent?>(null, "ping");
            while (watch.Events.TryRead(out var happened))
                if (string.IsNullOrEmpty(customer) || happened.Customer == customer)
                    yield return new SseItem<FeedEvent?>(happened, happened.Kind);
        }
    }

    /// <summary>Waits for an event: true where there is one, false where there will be none, null where none came in
    /// time.</summary>
    private static async Task<bool?> WaitAsync(FeedWatch watch, CancellationToken cancel)
    {
        try
        {
            return await watch.Events.WaitToReadAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}

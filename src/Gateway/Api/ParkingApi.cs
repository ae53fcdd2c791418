using System.Security.Claims;
using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Gateway.Reads;
using Correlation.Signals;

namespace Correlation.Gateway.Api;

/// <summary>Resources whose signals are parked: shown, tried at once, or given up.</summary>
internal static class ParkingApi
{
    public static void MapParking(this IEndpointRouteBuilder api)
    {
        api.MapGet("/parked", List).WithName("listParked")
            .WithSummary(
                "Resources with parked signals, of one customer or of all: how many wait, why, when they are tried again.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapPost("/parked/redrive", Redrive).WithName("redriveParked")
            .WithSummary("Has the parked signals of a resource, or with all of every resource, tried at once.")
            .RequireAuthorization(Policies.Operator)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/parked/discard", Discard).WithName("discardParked")
            .WithSummary("Gives parked signals of a resource up for good; they are counted as discarded.")
            .RequireAuthorization(Policies.Operator)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<Page<ParkedLaneView>>> List(
        string? customer, string? cursor, int? limit, ClaimsPrincipal user, ParkingReads reads, IOptions<GatewayOptions> options)
    {
        var all = await reads.ListAsync(Caller.Of(user), customer);
        return TypedResults.Ok(Slice.Of(all, Asked.Cursor(cursor), Asked.Limit(limit, options)));
    }

    private static async Task<Results<Ok<RedriveAnswer>, ProblemHttpResult>> Redrive(
        RedriveBody body, ClaimsPrincipal user, ParkingReads reads, CancellationToken cancel)
    {
        var caller = Caller.Of(user);
        if (body.All == !string.IsNullOrEmpty(body.Resource))
            throw new BadRequestException("One of 'resource' and 'all' must be given.");
        IReadOnlyList<ParkedLaneView> lanes = body.All
            ? await reads.ListAsync(caller, body.Customer)
            : await reads.FindAsync(caller, Resource(body.Resource), body.Customer) is { } lane ? [lane] : [];
        if (lanes.Count == 0 && !body.All) return Failures.NotFound("resource with parked signals");
        await reads.RedriveAsync(lanes, Asked.Actor(caller, body.Actor), cancel);
        return TypedResults.Ok(new RedriveAnswer(lanes.Count));
    }

    private static async Task<Results<Ok<DiscardAnswer>, ProblemHttpResult>> Discard(
        DiscardBody body, ClaimsPrincipal user, ParkingReads reads)
    {
        var caller = Caller.Of(user);
        if (body.Most is < 1) throw new BadRequestException("'most' must be at least 1.");
        if (await reads.FindAsync(caller, Resource(body.Resource), body.Customer) is not { } lane)
            return Failures.NotFound("resource with parked signals");
        var discarded = await reads.DiscardAsync(lane, body.Most ?? int.MaxValue, Asked.Actor(caller, body.Actor));
        return TypedResults.Ok(new DiscardAnswer(discarded));
    }

    private static ResourceId Resource(string? text) => ResourceId.TryParse(text)
        ?? throw new BadRequestException("'resource' is no resource id: it is missing, too long or holds control characters.");

    /// <summary>What is to be tried at once.</summary>
    /// <param name="Resource">The resource's id.</param>
    /// <param name="Customer">Whose it is; a bare name of several customers needs it. With <c>all</c>: only this
    /// customer's.</param>
    /// <param name="All">Every resource with parked signals.</param>
    /// <param name="Actor">Who commands; counts only where no API key says so.</param>
    internal sealed record RedriveBody(string? Resource = null, string? Customer = null, bool All = false, string? Actor = null);

    /// <summary>What is to be given up.</summary>
    /// <param name="Resource">The resource's id.</param>
    /// <param name="Customer">Whose it is; a bare name of several customers needs it.</param>
    /// <param name="Most">At most so many signals, the oldest; all where it is missing.</param>
    /// <param name="Actor">Who commands; counts only where no API key says so.</param>
    internal sealed record DiscardBody(
        string? Resource = null, string? Customer = null, int? Most = null, string? Actor = null);

    /// <summary>What is tried now.</summary>
    /// <param name="Redriven">How many resources.</param>
    internal sealed record RedriveAnswer(int Redriven);

    /// <summary>What was given up.</summary>
    /// <param name="Discarded">How many signals.</param>
    internal sealed record DiscardAnswer(long Discarded);
}

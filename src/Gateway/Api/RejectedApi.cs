using System.Security.Claims;
using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Gateway.Intake;
using Correlation.Gateway.Reads;
using Correlation.Signals;

namespace Correlation.Gateway.Api;

/// <summary>Records that were rejected: shown, and taken in again once they are understood.</summary>
internal static class RejectedApi
{
    public static void MapRejected(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rejected", List).WithName("listRejected")
            .WithSummary("Records that were rejected, by stream, partition and offset: why, and how their message begins. "
                + "Only for a caller that sees every customer. A page may be empty although there are more.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapPost("/rejected/redrive", Redrive).WithName("redriveRejected")
            .WithSummary("Takes a rejected record in again, once: as a message of the stream 'redriven'. Refused while it is "
                + "still not understood.")
            .RequireAuthorization(Policies.Operator)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Ok<Page<RejectedView>>> List(
        [AsParameters] RejectedAsked asked, ClaimsPrincipal user, RejectedReads reads, IOptions<GatewayOptions> options,
        CancellationToken cancel) =>
        TypedResults.Ok(await reads.ListAsync(
            Caller.Of(user), (asked.Stream, asked.Partition), Times.Optional(asked.Since, "since"), Asked.Cursor(asked.Cursor),
            Asked.Limit(asked.Limit, options), cancel));

    private static async Task<Results<Ok<RedriveAnswer>, ProblemHttpResult>> Redrive(
        RejectedBody body, ClaimsPrincipal user, RejectedReads reads, RedriveDoor door, CancellationToken cancel)
    {
        if (!Position.TryParse(body.Position, out var position))
            throw new BadRequestException("'position' is not of the form stream:epoch:partition:offset:record.target.");
        var caller = Caller.Of(user);
        if (await reads.FindAsync(caller, position) is not { } rejected) return Failures.NotFound("rejected record");
        var refusal = await door.TakeAsync(rejected, position, Asked.Actor(caller, body.Actor), cancel);
        if (refusal is { WasTaken: false })
            return Failures.Problem(StatusCodes.Status422UnprocessableEntity, refusal.Why);
        return TypedResults.Ok(new RedriveAnswer(refusal is null, RedriveDoor.Stream));
    }

    /// <summary>Which rejected records are wanted.</summary>
    /// <param name="Stream">Of this stream.</param>
    /// <param name="Partition">Of this partition.</param>
    /// <param name="Since">Whose message was stored at or after this.</param>
    /// <param name="Cursor">Where the page before ended.</param>
    /// <param name="Limit">At most so many.</param>
    internal sealed record RejectedAsked(string? Stream, int? Partition, string? Since, string? Cursor, int? Limit);

    /// <summary>What is to be taken in again.</summary>
    /// <param name="Position">The record's position.</param>
    /// <param name="Actor">Who commands; counts only where no API key says so.</param>
    internal sealed record RejectedBody(string? Position = null, string? Actor = null);

    /// <summary>What was taken in again.</summary>
    /// <param name="Redriven">Whether it was now; false where it had been before.</param>
    /// <param name="Stream">The stream that holds it.</param>
    internal sealed record RedriveAnswer(bool Redriven, string Stream);
}

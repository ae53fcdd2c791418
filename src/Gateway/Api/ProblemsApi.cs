using System.Security.Claims;
using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Gateway.Reads;
using Correlation.Incidents;
using Correlation.Problems;

namespace Correlation.Gateway.Api;

/// <summary>What recurs.</summary>
internal static class ProblemsApi
{
    public static void MapProblems(this IEndpointRouteBuilder api)
    {
        api.MapGet("/problems", List).WithName("listProblems")
            .WithSummary("What recurs, of one customer or of all; order is cost (the default, dearest first) or newest.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/problems/{id}", Get).WithName("getProblem").WithSummary("One problem.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/problems/{id}/state", SetState).WithName("setProblemState")
            .WithSummary("Sets a problem's state, the known error and the last fix.")
            .TakesCommand();
    }

    private static async Task<Ok<Page<ProblemView>>> List(
        [AsParameters] ListParameters asked, ClaimsPrincipal user, ProblemReads reads, IOptions<GatewayOptions> options,
        CancellationToken cancel)
    {
        var byCost = (asked.Order ?? "cost") switch
        {
            "cost" => true,
            "newest" => false,
            _ => throw new BadRequestException("'order' must be cost or newest."),
        };
        var all = await reads.ListAsync(Caller.Of(user), asked.Customer, byCost, cancel);
        return TypedResults.Ok(Slice.Of(all, Asked.Cursor(asked.Cursor), Asked.Limit(asked.Limit, options)));
    }

    private static async Task<Results<Ok<ProblemView>, ProblemHttpResult>> Get(
        string id, ClaimsPrincipal user, ProblemReads reads) =>
        await reads.GetAsync(Caller.Of(user), id) is { } found ? TypedResults.Ok(found) : Failures.NotFound("problem");

    private static async Task<Results<Ok<CommandAnswer>, ProblemHttpResult>> SetState(
        string id, StateBody body, ClaimsPrincipal user, HttpContext context, ProblemReads reads)
    {
        var caller = Caller.Of(user);
        var command = new ProblemCommand(
            Asked.CommandId(body.CommandId, context),
            id,
            body.Version,
            Asked.Actor(caller, body.Actor),
            body.State,
            string.IsNullOrWhiteSpace(body.KnownError) ? null : Asked.Bounded(body.KnownError, "knownError", 4096),
            string.IsNullOrWhiteSpace(body.Fix) ? null : Asked.Bounded(body.Fix, "fix", 4096));
        return Failures.Answer(await reads.CommandAsync(caller, command), "problem");
    }

    /// <summary>Which problems are asked for.</summary>
    internal sealed record ListParameters(string? Customer, string? Order, string? Cursor, int? Limit);

    /// <summary>What a person says of a problem.</summary>
    /// <param name="Version">The problem's version that the actor saw.</param>
    /// <param name="State">Its new state.</param>
    /// <param name="KnownError">What is wrong and how to get by.</param>
    /// <param name="Fix">What was done about it.</param>
    /// <param name="CommandId">Names the command: sent again with the same id it is done once. Made where there is none.</param>
    /// <param name="Actor">Who commands; counts only where no API key says so.</param>
    internal sealed record StateBody(
        long Version, ProblemState State, string? KnownError = null, string? Fix = null, string? CommandId = null,
        string? Actor = null);
}

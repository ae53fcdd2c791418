using System.Security.Claims;
using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Gateway.Reads;
using Correlation.Incidents;
using Correlation.Remediation;

namespace Correlation.Gateway.Api;

/// <summary>Runs, and a person's word on them.</summary>
internal static class RemediationsApi
{
    public static void MapRemediations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/remediations", List).WithName("listRemediations")
            .WithSummary("Runs with their guards' answers and verification, newest first, of one customer or of all.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        MapDecision(api, "approve", true, "Approves a proposed run.");
        MapDecision(api, "reject", false, "Rejects a proposed run.");
    }

    private static void MapDecision(IEndpointRouteBuilder api, string word, bool approve, string summary) =>
        api.MapPost($"/remediations/{{id}}/{word}", (
                string id, DecisionBody body, ClaimsPrincipal user, HttpContext context, RunReads reads) =>
                Decide(new RunDecision(
                    Asked.CommandId(body.CommandId, context), id, body.Version,
                    Asked.Actor(Caller.Of(user), body.Actor), approve),
                    Caller.Of(user), reads))
            .WithName($"{word}Remediation").WithSummary(summary)
            .TakesCommand();

    private static async Task<Ok<Page<RunView>>> List(
        [AsParameters] ListParameters asked, ClaimsPrincipal user, RunReads reads, IOptions<GatewayOptions> options,
        CancellationToken cancel)
    {
        var state = Asked.Word<RunState>(asked.State, "state");
        var all = await reads.ListAsync(Caller.Of(user), asked.Customer, state, cancel);
        return TypedResults.Ok(Slice.Of(all, Asked.Cursor(asked.Cursor), Asked.Limit(asked.Limit, options)));
    }

    private static async Task<Results<Ok<CommandAnswer>, ProblemHttpResult>> Decide(
        RunDecision decision, Caller caller, RunReads reads) =>
        Failures.Answer(await reads.DecideAsync(caller, decision), "run");

    /// <summary>Which runs are asked for.</summary>
    internal sealed record ListParameters(string? Customer, string? State, string? Cursor, int? Limit);

    /// <summary>What a decision says besides its word.</summary>
    /// <param name="Version">The run's version that the actor saw.</param>
    /// <param name="CommandId">Names the command: sent again with the same id it is done once. Made where there is none.</param>
    /// <param name="Actor">Who decides; counts only where no API key says so.</param>
    internal sealed record DecisionBody(long Version, string? CommandId = null, string? Actor = null);
}

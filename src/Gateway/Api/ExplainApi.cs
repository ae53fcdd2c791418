using System.Security.Claims;
using Correlation.Gateway.Access;
using Correlation.Gateway.Reads;
using Correlation.Incidents;

namespace Correlation.Gateway.Api;

/// <summary>Why two things are together, or why not.</summary>
internal static class ExplainApi
{
    /// <summary>The longest text that names a thing.</summary>
    public const int LongestName = 1024;

    private const string Forms = "a signal (its position), a resource, a symptom, an alert or event (alertId, eventDataId), "
        + "an incident or a change, by its id";

    public static void MapExplain(this IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents/{id}/explain", Incident).WithName("explainIncident")
            .WithSummary($"Why something else is, or is not, part of an incident: {Forms}; with every term and the nearest miss.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/customers/{customer}/explain", Pair).WithName("explainPair")
            .WithSummary($"Why any two things of a customer are, or are not, together. Each is {Forms}.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Explanation>, ProblemHttpResult>> Incident(
        string id, string other, ClaimsPrincipal user, ExplanationReads reads) =>
        Answer(await reads.OfIncidentAsync(Caller.Of(user), id, Asked.Bounded(other, "other", LongestName)));

    private static async Task<Results<Ok<Explanation>, ProblemHttpResult>> Pair(
        string customer, string one, string other, ClaimsPrincipal user, ExplanationReads reads) =>
        Answer(await reads.OfPairAsync(
            Caller.Of(user), customer, Asked.Bounded(one, "one", LongestName), Asked.Bounded(other, "other", LongestName)));

    private static Results<Ok<Explanation>, ProblemHttpResult> Answer(Explanation? answer) =>
        answer is null ? Failures.NotFound("customer, incident or signal") : TypedResults.Ok(answer);
}

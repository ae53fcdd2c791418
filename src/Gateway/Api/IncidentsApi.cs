using System.Security.Claims;
using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Gateway.Reads;
using Correlation.Incidents;

namespace Correlation.Gateway.Api;

/// <summary>Incidents: lists, and one with its members and timeline.</summary>
internal static class IncidentsApi
{
    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents", List).WithName("listIncidents")
            .WithSummary("Incidents, newest first, of one customer or of all; status is open (the default), resolved or all.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/incidents/{id}", Get).WithName("getIncident")
            .WithSummary("One incident with likely causes, changes and reasons; a merged one answers as its survivor.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/incidents/{id}/members", Members).WithName("listMembers").WithSummary("The symptoms of an incident.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/incidents/{id}/timeline", Timeline).WithName("getTimeline")
            .WithSummary("What happened to an incident, oldest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<Page<IncidentSummary>>> List(
        [AsParameters] ListParameters asked, ClaimsPrincipal user, IncidentReads reads, IOptions<GatewayOptions> options,
        CancellationToken cancel)
    {
        var query = new IncidentQuery(
            asked.Status ?? "open",
            Times.Optional(asked.Since, "since"),
            Times.Optional(asked.Until, "until"),
            Asked.Cursor(asked.Cursor),
            Asked.Limit(asked.Limit, options));
        return TypedResults.Ok(await reads.ListAsync(Caller.Of(user), asked.Customer, query, cancel));
    }

    private static async Task<Results<Ok<IncidentView>, ProblemHttpResult>> Get(
        string id, ClaimsPrincipal user, IncidentReads reads) =>
        await reads.GetAsync(Caller.Of(user), id) is { } found ? TypedResults.Ok(found) : Failures.NotFound("incident");

    private static async Task<Results<Ok<Page<IncidentMember>>, ProblemHttpResult>> Members(
        string id, string? cursor, int? limit, ClaimsPrincipal user, IncidentReads reads, IOptions<GatewayOptions> options) =>
        await reads.MembersAsync(Caller.Of(user), id, Asked.Cursor(cursor), Asked.Limit(limit, options)) is { } page
            ? TypedResults.Ok(page)
            : Failures.NotFound("incident");

    private static async Task<Results<Ok<Page<TimelineEntry>>, ProblemHttpResult>> Timeline(
        string id, string? cursor, int? limit, ClaimsPrincipal user, IncidentReads reads, IOptions<GatewayOptions> options) =>
        await reads.TimelineAsync(Caller.Of(user), id, Asked.Cursor(cursor), Asked.Limit(limit, options)) is { } page
            ? TypedResults.Ok(page)
            : Failures.NotFound("incident");

    /// <summary>Which incidents are asked for.</summary>
    internal sealed record ListParameters(
        string? Customer, string? Status, string? Since, string? Until, string? Cursor, int? Limit);
}

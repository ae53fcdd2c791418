using System.Security.Claims;
using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Gateway.Reads;

namespace Correlation.Gateway.Api;

/// <summary>The live state of resources, and the ledgers.</summary>
internal static class ResourcesApi
{
    public static void MapResources(this IEndpointRouteBuilder api)
    {
        api.MapGet("/resources", Get).WithName("getResource")
            .WithSummary("The live state of a resource by its ARM id; a bare name needs the customer too.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/ledger", Ledger).WithName("getLedger")
            .WithSummary("The ledgers: that every signal, symptom and parked signal has a fate.");
    }

    private static async Task<Results<Ok<ResourceView>, ProblemHttpResult>> Get(
        string id, string? customer, ClaimsPrincipal user, ResourceReads reads) =>
        await reads.InspectAsync(Caller.Of(user), Asked.Resource(id), customer) is { } view
            ? TypedResults.Ok(view)
            : Failures.NotFound("resource");

    private static async Task<Ok<LedgerView>> Ledger(ClaimsPrincipal user, LedgerReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.GetAsync(Caller.Of(user), cancel));
}

using System.Collections.Immutable;
using System.Security.Claims;
using Correlation.Gateway.Access;
using Correlation.Gateway.Reads;

namespace Correlation.Gateway.Api;

/// <summary>The raw messages that are archived of a customer: which days there are, and erasing them.</summary>
internal static class ArchiveApi
{
    public static void MapArchive(this IEndpointRouteBuilder api)
    {
        api.MapGet("/customers/{customer}/archive", Days).WithName("getArchive")
            .WithSummary("The days of which raw messages of a customer are archived, the first one first.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/customers/{customer}/archive/erase", Erase).WithName("eraseArchive")
            .WithSummary("Erases all raw messages that are archived of a customer, for good; what comes after is archived again.")
            .RequireAuthorization(Policies.Operator)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<ArchiveAnswer>, ProblemHttpResult>> Days(
        string customer, ClaimsPrincipal user, ArchiveReads reads) =>
        await reads.DaysAsync(Caller.Of(user), customer) is { } days ? TypedResults.Ok(new ArchiveAnswer(days))
            : Failures.NotFound("customer");

    private static async Task<Results<Ok<EraseAnswer>, ProblemHttpResult>> Erase(
        string customer, EraseBody body, ClaimsPrincipal user, ArchiveReads reads)
    {
        var caller = Caller.Of(user);
        return await reads.EraseAsync(caller, customer, Asked.Actor(caller, body.Actor)) is { } days
            ? TypedResults.Ok(new EraseAnswer(days)) : Failures.NotFound("customer");
    }

    /// <summary>What is archived.</summary>
    /// <param name="Days">The days.</param>
    internal sealed record ArchiveAnswer(ImmutableArray<DateOnly> Days);

    /// <summary>Who erases.</summary>
    /// <param name="Actor">Who commands; counts only where no API key says so.</param>
    internal sealed record EraseBody(string? Actor = null);

    /// <summary>What was erased.</summary>
    /// <param name="Erased">How many days.</param>
    internal sealed record EraseAnswer(int Erased);
}

using Correlation.Gateway.Access;
using Correlation.Gateway.Intake;

namespace Correlation.Gateway.Api;

/// <summary>Recordings in, with the log times that they were recorded with.</summary>
internal static class ReplaysApi
{
    public static void MapReplays(this IEndpointRouteBuilder api)
    {
        api.MapPost("/replays/{name}", Take).WithName("replay")
            .WithSummary(
                "Takes lines {\"logTime\": ISO 8601, \"body\": text} of a recording, in order; 'first' is the ordinal of the "
                + "first one. Answers once they are durable, and how many are; those are skipped when sent again.")
            .TakesBody(StatusCodes.Status409Conflict);
        api.MapPost("/replays/{name}/finish", Finish).WithName("finishReplay")
            .WithSummary("Ends a recording: from then on its stream goes with the clock. Time stands still until then.")
            .RequireAuthorization(Policies.Operator)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<ReplayAnswer>, ProblemHttpResult>> Take(
        string name, long first, HttpContext context, ReplayDoor door, IOptions<GatewayOptions> options)
    {
        var body = await BodyReader.ReadAsync(context.Request, options.Value.BodyBytes, context.RequestAborted);
        try
        {
            var answer = await door.TakeAsync(name, first, body.Bytes, context.RequestAborted);
            body.Return();
            return answer.Durable < first ? Gap(first, answer) : TypedResults.Ok(answer);
        }
        catch (InvalidOperationException refused)
        {
            return Failures.Problem(StatusCodes.Status409Conflict, refused.Message);
        }
    }

    private static async Task<Results<Ok<ReplayAnswer>, ProblemHttpResult>> Finish(
        string name, HttpContext context, ReplayDoor door) =>
        await door.FinishAsync(name, context.RequestAborted) is { } answer
            ? TypedResults.Ok(answer) : Failures.NotFound("replay");

    private static ProblemHttpResult Gap(long first, ReplayAnswer answer) => TypedResults.Problem(
        statusCode: StatusCodes.Status409Conflict,
        title: "Conflict",
        detail: $"Message {first} does not follow: {answer.Durable} are durable; go on from there.",
        extensions: new Dictionary<string, object?> { ["durable"] = answer.Durable });
}

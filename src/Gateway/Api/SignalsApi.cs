using System.Security.Claims;
using Correlation.Gateway.Access;
using Correlation.Gateway.Intake;
using Correlation.Gateway.Reads;
using Correlation.Signals;

namespace Correlation.Gateway.Api;

/// <summary>Signals in, and one signal's fate.</summary>
internal static class SignalsApi
{
    public static void MapSignals(this IEndpointRouteBuilder api)
    {
        api.MapPost("/signals", Take).WithName("sendSignals")
            .WithSummary("Takes any Azure payload: an object, an array, {\"records\":[…]}, NDJSON or CloudEvents; "
                + "answers once it is durable.")
            .TakesBody(StatusCodes.Status415UnsupportedMediaType);
        api.MapGet("/signals/{position}", Get).WithName("getSignal")
            .WithSummary("One signal by its position (stream:epoch:partition:offset:record.target): its fate, and its payload.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Accepted<IntakeAnswer>, ProblemHttpResult>> Take(
        HttpContext context, SignalDoor door, IOptions<GatewayOptions> options)
    {
        if (context.Request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
            return Failures.Problem(StatusCodes.Status415UnsupportedMediaType, "Content-Encoding must be gzip, deflate or br.");
        var body = await BodyReader.ReadAsync(context.Request, options.Value.BodyBytes, context.RequestAborted);
        if (body.Bytes.IsEmpty) throw new BadRequestException("The body is empty.");
        var answer = await door.TakeAsync(body.Bytes, context.RequestAborted);

        // Only here: where this gave up waiting, the intake may still read it.
        body.Return();
        return TypedResults.Accepted((string?)null, answer);
    }

    private static async Task<Results<Ok<SignalAnswer>, ProblemHttpResult>> Get(
        string position, ClaimsPrincipal user, ResourceReads reads)
    {
        if (!Position.TryParse(position, out var parsed))
            throw new BadRequestException("'position' is not of the form stream:epoch:partition:offset:record.target.");
        return await reads.SignalAsync(Caller.Of(user), parsed) is { } found ? TypedResults.Ok(found)
            : Failures.NotFound("signal");
    }
}

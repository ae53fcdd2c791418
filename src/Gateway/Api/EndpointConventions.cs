using Correlation.Gateway.Access;

namespace Correlation.Gateway.Api;

/// <summary>What endpoints of one kind have in common: who may call them, and which problems they answer with.</summary>
internal static class EndpointConventions
{
    private static readonly int[] BodyProblems =
        [StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status429TooManyRequests];

    /// <summary>Takes a body as it comes, within the bounds of the intake.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="problem">The status that it answers with besides those of every intake.</param>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder endpoint, int problem)
    {
        endpoint.Accepts<object>(isOptional: true, "*/*")
            .RequireAuthorization(Policies.Operator)
            .RequireRateLimiting(Policies.IntakeLimit);
        foreach (var status in BodyProblems.Append(problem).Order()) endpoint.ProducesProblem(status);
        return endpoint;
    }

    /// <summary>Takes a command on one thing, which may have changed or may not allow it.</summary>
    public static RouteHandlerBuilder TakesCommand(this RouteHandlerBuilder endpoint) => endpoint
        .RequireAuthorization(Policies.Operator)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}

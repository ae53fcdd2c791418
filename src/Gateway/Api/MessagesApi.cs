using System.Security.Claims;
using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Gateway.Reads;

namespace Correlation.Gateway.Api;

/// <summary>What came in, as it came, as long as the streams hold it.</summary>
internal static class MessagesApi
{
    public static void MapMessages(this IEndpointRouteBuilder api) =>
        api.MapGet("/messages", List).WithName("listMessages")
            .WithSummary("The messages that the streams still hold, as they came (base64), by stream, partition and offset: "
                + "those stored at or after 'since' and before 'until' (else now). Only for a caller that sees every customer. "
                + "A page may be empty although there are more.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<Results<Ok<Page<MessageView>>, ProblemHttpResult>> List(
        [AsParameters] MessagesAsked asked, ClaimsPrincipal user, MessageReads reads, IOptions<GatewayOptions> options,
        TimeProvider time, CancellationToken cancel)
    {
        // Nobody can say whose a message is before it is decoded, and one may hold several customers'.
        if (!Caller.Of(user).SeesAll) return Failures.Forbidden("Messages are only for a caller that sees every customer.");
        var since = Times.Optional(asked.Since, "since") ?? throw new BadRequestException("'since' is missing.");
        var until = Times.Optional(asked.Until, "until") ?? time.GetUtcNow();
        return TypedResults.Ok(
            await reads.ListAsync((since, until), Asked.Cursor(asked.Cursor), Asked.Limit(asked.Limit, options), cancel));
    }

    /// <summary>Which messages are wanted.</summary>
    /// <param name="Since">Stored at or after this.</param>
    /// <param name="Until">Stored before this; now where it is left out.</param>
    /// <param name="Cursor">Where the page before ended.</param>
    /// <param name="Limit">At most so many.</param>
    internal sealed record MessagesAsked(string? Since, string? Until, string? Cursor, int? Limit);
}

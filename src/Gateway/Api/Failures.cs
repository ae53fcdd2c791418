using System.Text.Json;
using System.Text.RegularExpressions;
using Correlation.Incidents;
using Correlation.Streams;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Correlation.Gateway.Api;

/// <summary>Every error as problem details (RFC 9457), without stack traces and without text of payloads.</summary>
internal static partial class Failures
{
    private const string NoBody = "The body is missing: send JSON, with Content-Type: application/json.";
    private const string NotJson = "Send Content-Type: application/json.";

    /// <summary>Whether a request is a program's, so that its errors are problem details and not pages.</summary>
    public static bool IsForPrograms(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi")
        || context.Request.Path.StartsWithSegments("/readyz") || context.Request.Path.StartsWithSegments("/healthz");

    public static ProblemHttpResult NotFound(string what) => Problem(StatusCodes.Status404NotFound, $"There is no such {what}.");

    public static ProblemHttpResult Forbidden(string why) => Problem(StatusCodes.Status403Forbidden, why);

    public static ProblemHttpResult Problem(int status, string? detail) => TypedResults.Problem(
        statusCode: status, title: ReasonPhrases.GetReasonPhrase(status), detail: detail);

    /// <summary>The answer to a command: 200, or 404, 409 or 422 with the id and version that are current.</summary>
    public static Results<Ok<CommandAnswer>, ProblemHttpResult> Answer(CommandAnswer answer, string what) => answer.Outcome switch
    {
        CommandOutcome.Done => TypedResults.Ok(answer),
        CommandOutcome.NotFound => NotFound(what),
        CommandOutcome.Stale => Conflict(StatusCodes.Status409Conflict, answer, $"The {what} has changed; look again."),
        _ => Conflict(StatusCodes.Status422UnprocessableEntity, answer, answer.Text),
    };

    /// <summary>Answers an exception that nobody caught.</summary>
    public static Task Handle(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var (status, detail) = Classify(error);
        return Problem(status, detail).ExecuteAsync(context);
    }

    /// <summary>Whether an exception is no news for the log: the caller's mistake, or what the stream has told it.</summary>
    public static bool IsNoNews(Exception error) =>
        error is StreamUnavailableException or StreamNotSupportedException
        || Classify(error).Status < StatusCodes.Status500InternalServerError;

    /// <summary>Gives a body to an error that has none: an unknown route, a wrong method, a missing key.</summary>
    public static async Task Complete(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var response = context.Response;
        if (response.HasStarted || response.StatusCode < StatusCodes.Status400BadRequest) return;
        if (response.ContentLength is > 0 || response.ContentType is not null) return;
        var wrongType = response.StatusCode == StatusCodes.Status415UnsupportedMediaType;
        await Problem(response.StatusCode, wrongType ? NotJson : null).ExecuteAsync(context);
    }

    private static (int Status, string? Detail) Classify(Exception? error) => error switch
    {
        BadRequestException bad => (StatusCodes.Status400BadRequest, bad.Message),
        BadHttpRequestException bad => (bad.StatusCode, Words(bad)),
        InvalidDataException => (StatusCodes.Status400BadRequest, "The compressed body cannot be read."),
        StreamBusyException => (StatusCodes.Status429TooManyRequests, "The stream takes no more now; send it again later."),
        StreamUnavailableException => (StatusCodes.Status503ServiceUnavailable, "The stream cannot be reached now."),
        StreamNotSupportedException no => (StatusCodes.Status501NotImplemented, no.Message),
        TimeoutException => (StatusCodes.Status504GatewayTimeout, "The cluster did not answer in time."),
        Orleans.Runtime.OrleansException => (StatusCodes.Status503ServiceUnavailable, "The cluster cannot be reached now."),
        OperationCanceledException => (StatusCodes.Status499ClientClosedRequest, null),
        _ => (StatusCodes.Status500InternalServerError, "Something went wrong here; the log says more."),
    };

    /// <summary>What is wrong with a request, in words of the API instead of the framework's.</summary>
    private static string Words(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => NotJson,
        { InnerException: JsonException json } => $"The body is not what is expected, at '{json.Path}'{Missing(json)}.",
        _ when bad.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal) => NoBody,
        _ => bad.Message,
    };

    /// <summary>Which members a body lacks; the serializer says so only in its message, behind the name of a type.</summary>
    private static string Missing(JsonException json) => Lacking().Match(json.Message) switch
    {
        { Success: false } => "",
        var found => $": {found.Groups[1].Value} {(found.Groups[1].Value.Count('\'') > 2 ? "are" : "is")} missing",
    };

    [GeneratedRegex("missing required properties including: ('[^']+'(?:[,;] '[^']+')*)", RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lacking();

    private static ProblemHttpResult Conflict(int status, CommandAnswer answer, string detail) => TypedResults.Problem(
        statusCode: status,
        title: ReasonPhrases.GetReasonPhrase(status),
        detail: detail,
        extensions: new Dictionary<string, object?> { ["id"] = answer.Id, ["version"] = answer.Version });
}

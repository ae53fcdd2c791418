using System.Collections.Immutable;
using System.Security.Claims;
using Correlation.Gateway.Access;
using Correlation.Gateway.Reads;
using Correlation.Incidents;
using Correlation.Signals;

namespace Correlation.Gateway.Api;

/// <summary>The operator's commands on an incident.</summary>
internal static class CommandsApi
{
    private const int LongestArgument = 4096;
    private const int MostSymptoms = 1000;

    private static readonly (IncidentVerb Verb, string Summary)[] Verbs =
    [
        (IncidentVerb.Acknowledge, "Takes an incident."),
        (IncidentVerb.Assign, "Gives an incident to somebody (assignee)."),
        (IncidentVerb.Note, "Adds a note (text)."),
        (IncidentVerb.Snooze, "Makes an incident quiet until a time (until)."),
        (IncidentVerb.Resolve, "Ends an incident (text: why)."),
        (IncidentVerb.Reopen, "Opens an incident again."),
        (IncidentVerb.Merge, "Merges another incident of the customer into it (other)."),
        (IncidentVerb.Split, "Takes symptoms out of an incident into one of their own (symptoms)."),
        (IncidentVerb.Cause, "Says which resource was the cause (resource); the last word counts."),
    ];

    public static void MapCommands(this IEndpointRouteBuilder api)
    {
        foreach (var (verb, summary) in Verbs)
        {
            var word = verb.ToString().ToLowerInvariant();
            api.MapPost($"/incidents/{{id}}/{word}", (
                    string id, CommandBody body, ClaimsPrincipal user, HttpContext context, IncidentReads reads) =>
                    Carry(Command(verb, id, body, Caller.Of(user), context), Caller.Of(user), reads))
                .WithName($"{word}Incident").WithSummary(summary)
                .TakesCommand();
        }
    }

    private static async Task<Results<Ok<CommandAnswer>, ProblemHttpResult>> Carry(
        IncidentCommand command, Caller caller, IncidentReads reads) =>
        Failures.Answer(await reads.CommandAsync(caller, command), "incident");

    private static IncidentCommand Command(IncidentVerb verb, string id, CommandBody body, Caller caller, HttpContext context) =>
        new()
    {
        CommandId = Asked.CommandId(body.CommandId, context),
        Incident = id,
        Version = body.Version,
        Actor = Asked.Actor(caller, body.Actor),
        Verb = verb,
        Argument = Argument(verb, body),
        Until = verb == IncidentVerb.Snooze ? body.Until ?? throw new BadRequestException("'until' is missing.") : null,
        Symptoms = verb == IncidentVerb.Split ? Symptoms(body) : [],
    };

    private static string? Argument(IncidentVerb verb, CommandBody body) => verb switch
    {
        IncidentVerb.Assign => Asked.Bounded(body.Assignee, "assignee", 128),
        IncidentVerb.Note => Asked.Bounded(body.Text, "text", LongestArgument),
        IncidentVerb.Merge => Asked.Bounded(body.Other, "other", 256),
        IncidentVerb.Cause => Asked.Bounded(body.Resource, "resource", ResourceId.MaxLength),
        _ => string.IsNullOrWhiteSpace(body.Text) ? null : Asked.Bounded(body.Text, "text", LongestArgument),
    };

    private static ImmutableArray<string> Symptoms(CommandBody body) => body.Symptoms switch
    {
        null or { Length: 0 } => throw new BadRequestException("'symptoms' is missing."),
        { Length: > MostSymptoms } => throw new BadRequestException($"'symptoms' must hold at most {MostSymptoms} ids."),
        var symptoms => [.. symptoms.Select(s => Asked.Bounded(s, "symptoms", 64))],
    };

    /// <summary>What a command says besides its verb.</summary>
    /// <param name="Version">The incident's version that the actor saw.</param>
    /// <param name="CommandId">Names the command: sent again with the same id it is done once. Made where there is none.</param>
    /// <param name="Actor">Who commands; counts only where no API key says so.</param>
    /// <param name="Text">For <c>note</c> the note; elsewhere a remark.</param>
    /// <param name="Assignee">For <c>assign</c>.</param>
    /// <param name="Until">For <c>snooze</c>.</param>
    /// <param name="Other">For <c>merge</c>: the id of the other incident.</param>
    /// <param name="Symptoms">For <c>split</c>: the ids of the symptoms.</param>
    /// <param name="Resource">For <c>cause</c>: the resource's id.</param>
    internal sealed record CommandBody(
        long Version, string? CommandId = null, string? Actor = null, string? Text = null, string? Assignee = null,
        DateTimeOffset? Until = null, string? Other = null, string[]? Symptoms = null,
        string? Resource = null);
}

using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Correlation.Remediation;

/// <summary>A call to make: it is recorded before it is handed out.</summary>
/// <param name="Run">The run.</param>
/// <param name="Attempt">Which attempt it is, from 1.</param>
/// <param name="Rule">The rule whose action's address is called.</param>
/// <param name="IdempotencyKey">What the receiver may tell repeats by.</param>
/// <param name="Timeout">How long an answer is waited for.</param>
/// <param name="Body">The JSON body, UTF-8.</param>
public sealed record ActionCall(string Run, int Attempt, string Rule, string IdempotencyKey, TimeSpan Timeout, byte[] Body)
{
    /// <summary>The call for a run's attempt.</summary>
    public static ActionCall Of(Run run, int attempt, RuleAction action) =>
        new(run.Id, attempt, run.Rule, run.IdempotencyKey, action.Timeout, BodyOf(run, action.Body));

    private static byte[] BodyOf(Run run, ImmutableArray<BodyField> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in fields) writer.WriteString(field.Name, ValueOf(run, field.Value));
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string ValueOf(Run run, RunField field) => field switch
    {
        RunField.Customer => run.Id[..run.Id.LastIndexOf('.')],
        RunField.Incident => run.Incident,
        RunField.Resource => run.Resource.Canonical,
        RunField.Run => run.Id,
        RunField.IdempotencyKey => run.IdempotencyKey,
        RunField.Severity => run.Severity.ToString(),
        RunField.Rule => run.Rule,
        _ => run.Action,
    };
}

/// <summary>What came of a call.</summary>
/// <param name="Kind">What is known of it.</param>
/// <param name="Text">One line: a status, never a body and never an address.</param>
[GenerateSerializer, Immutable, Alias("action-answer")]
public sealed record ActionAnswer([property: Id(0)] AnswerKind Kind, [property: Id(1)] string Text);

/// <summary>What is known of a call.</summary>
public enum AnswerKind : byte
{
    /// <summary>The receiver did it.</summary>
    Done = 0,

    /// <summary>The receiver said no; asking again would not help.</summary>
    Refused = 1,

    /// <summary>It certainly was not done, and may be tried again: nobody listened, or the receiver is too busy.</summary>
    NotDone = 2,

    /// <summary>It may or may not have been done.</summary>
    Unknown = 3,
}

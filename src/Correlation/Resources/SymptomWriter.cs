using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>Writes the symptom of an episode.</summary>
internal static class SymptomWriter
{
    /// <summary>The symptom.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="incarnation">Which incarnation of it the episode began in.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="episode">The episode.</param>
    /// <param name="degraded">Whether facts of it may be missing.</param>
    public static Symptom Write(ResourceId resource, int incarnation, Condition condition, Episode episode, bool degraded)
    {
        var all = episode.Facts.Aggregate((one, other) => one.Absorb(other));
        return new Symptom
        {
            Id = IdOf(resource, incarnation, condition, episode.Start),
            Resource = resource,
            Condition = condition,
            Start = episode.Start,
            End = episode.End,
            ExpectedEnd = episode.ExpectedEnd,
            EndReason = episode.Reason,
            Known = all.Heard,
            Severity = all.Severity,
            Title = all.Title,
            Text = all.Text,
            SignalCount = all.Count,
            Flaps = episode.Flaps,
            CauseKeys = all.CauseKeys,
            Region = all.Region,
            Signals = [.. all.Mentions.Select(mention => mention.Reference)],
            Linked = all.Linked,
            Kind = all.Kind,
            Degraded = degraded,
        };
    }

    /// <summary>Equal for symptoms that differ in nothing worth a report: of what repeats at will (<see cref="Rules.Repeats"/>)
    /// of the signals only those count until it ends that begin a beat (<see cref="Beats"/>).</summary>
    public static ulong Signature(ImmutableArray<Symptom> symptoms)
    {
        if (symptoms.IsEmpty) return 0;
        var text = new StringBuilder();
        foreach (var symptom in symptoms)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"{symptom.Id}|{symptom.End?.UtcTicks}|{symptom.EndReason}|{symptom.Severity}|");
            text.Append(CultureInfo.InvariantCulture, $"{symptom.Flaps}|{symptom.Degraded}|{symptom.Kind}|{symptom.Region}|");
            if (!symptom.IsOpen || !Rules.Repeats(symptom.Condition.Kind)) text.Append(symptom.SignalCount).Append('|');
            else if (Beats.Of(Beats.Came(symptom)) is [_, .. var more]) Append(text, more);
            text.AppendJoin('|', symptom.CauseKeys).AppendJoin('|', symptom.Linked)
                .Append(symptom.Title).Append(symptom.Text).Append('\n');
        }

        var hash = new XxHash64();
        foreach (var chunk in text.GetChunks()) hash.Append(MemoryMarshal.AsBytes(chunk.Span));
        return hash.GetCurrentHashAsUInt64() | 1;
    }

    private static void Append(StringBuilder text, ImmutableArray<DateTimeOffset> beats)
    {
        foreach (var beat in beats) text.Append(CultureInfo.InvariantCulture, $"{beat.UtcTicks}|");
    }

    private static string IdOf(ResourceId resource, int incarnation, Condition condition, DateTimeOffset start)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(resource.Canonical));
        Span<byte> numbers = stackalloc byte[14];
        BinaryPrimitives.WriteInt32BigEndian(numbers[1..], incarnation);
        numbers[5] = (byte)condition.Kind;
        BinaryPrimitives.WriteInt64BigEndian(numbers[6..], start.UtcTicks);
        hash.Append(numbers);
        hash.Append(Encoding.UTF8.GetBytes(condition.Key));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}

using System.Collections.Immutable;

namespace Correlation.Detection;

/// <summary>A series that is off.</summary>
/// <param name="Series">The series.</param>
/// <param name="Surprise">How unlikely that is, as minus a logarithm: 7 is once in a thousand minutes.</param>
/// <param name="Up">Whether it lies above the usual.</param>
public readonly record struct Anomaly(MetricSeries Series, double Surprise, bool Up);

/// <summary>What happened to an anomaly that counts.</summary>
public enum AnomalyChange : byte
{
    /// <summary>It began.</summary>
    Opened = 0,

    /// <summary>It became one that opens an outbreak by itself.</summary>
    Worsened = 1,

    /// <summary>It ended.</summary>
    Closed = 2,
}

/// <summary>A change of an anomaly that is part of an outbreak: what becomes a symptom.</summary>
/// <param name="Anomaly">The anomaly.</param>
/// <param name="Change">What happened.</param>
/// <param name="Opens">Whether it is enough to open an outbreak by itself.</param>
/// <param name="Outbreak">The outbreak.</param>
public sealed record AnomalyStep(Anomaly Anomaly, AnomalyChange Change, bool Opens, Outbreak Outbreak);

/// <summary>What a detector says of a minute.</summary>
/// <param name="Opening">The surprise from which an anomaly opens an outbreak.</param>
/// <param name="Anomalies">Every series that is off, by series.</param>
/// <param name="Steps">What happened to those that count, by series.</param>
/// <param name="Outbreak">The outbreak that opened in this minute, if one did.</param>
public sealed record MinuteVerdict(
    double Opening, ImmutableArray<Anomaly> Anomalies, ImmutableArray<AnomalyStep> Steps, Outbreak? Outbreak);

using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Delivery;

namespace Correlation.Replay;

/// <summary>What became of everything that a replay was fed.</summary>
/// <param name="Incidents">The incidents, by customer, opening and first symptom.</param>
/// <param name="Alone">The symptoms that are in no incident, with their customers, by start.</param>
/// <param name="Signals">What became of the signals.</param>
/// <param name="Symptoms">What became of the symptoms, for each customer.</param>
public sealed record ReplayResult(
    ImmutableArray<ReplayedIncident> Incidents,
    ImmutableArray<(CustomerKey Customer, ReplayedSymptom Symptom)> Alone,
    SignalLedger Signals,
    ImmutableSortedDictionary<CustomerKey, SymptomLedger> Symptoms);

/// <summary>How far a replay has come.</summary>
/// <param name="Messages">Messages fed so far.</param>
/// <param name="Signals">Signals of them.</param>
/// <param name="LogTime">The log time it has come to.</param>
/// <param name="Incidents">Incidents that are sealed so far.</param>
public readonly record struct ReplayProgress(long Messages, long Signals, DateTimeOffset LogTime, int Incidents);

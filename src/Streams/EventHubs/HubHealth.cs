using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Correlation.Streams.EventHubs;

/// <summary>What stands against reading and writing now, in sentences that name the hub and the setting. Each is logged when it
/// begins to hold and when it is over, however often it is tried between.</summary>
internal sealed partial class HubHealth(EventHubsOptions options, ILogger log)
{
    /// <summary>What is tried by whoever reads.</summary>
    public const string Reading = "read";

    /// <summary>What is tried by whoever writes.</summary>
    public const string Writing = "write";

    private const string Endpoint = "endpoint";
    private const string Token = "token";
    private const string Mask = "***";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (TroubleKind Kind, string Words)> _troubles = new(StringComparer.Ordinal);
    private readonly EventHubsConnection _connection = EventHubsConnection.Of(options);

    /// <summary>Whether nothing is logged for now, because whoever asks tells it himself.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Everything that stands against it; null for nothing.</summary>
    public string? Trouble
    {
        get
        {
            lock (_gate) return _troubles.Count == 0 ? null : string.Join(" ", _troubles.Values.Select(trouble => trouble.Words));
        }
    }

    /// <summary>What no waiting will mend: a setting or a right is wrong; null for nothing.</summary>
    public string? Refusal
    {
        get
        {
            lock (_gate)
            {
                var refused = _troubles.Values.Where(trouble => trouble.Kind != TroubleKind.Unreachable).ToList();
                return refused.Count == 0 ? null : string.Join(" ", refused.Select(trouble => trouble.Words));
            }
        }
    }

    /// <summary>Logs what stands against it, where it was not logged as it came.</summary>
    public void TellAll()
    {
        if (Trouble is { } words) LogTrouble(log, words);
    }

    /// <summary>A client reports an error that concerns no hub in particular. What it mends by itself is no trouble: whether the
    /// service can be reached is said by the questions that are asked of it all the time.</summary>
    public void ClientFailed(Error error)
    {
        if (IsKnown(Token)) return;
        if (error.Code is ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed)
            Tell(Endpoint, TroubleKind.Refused, $"{Who()} {Reason(error)}");
    }

    /// <summary>The client that asks reports an error.</summary>
    public void AskingFailed(Error error)
    {
        ClientFailed(error);
        if (error.Code is ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Resolve or ErrorCode.Local_Ssl)
            Unreachable(Reason(error));
    }

    /// <summary>A token could be had.</summary>
    public void TokenGiven() => Over(Token);

    /// <summary>No token could be had.</summary>
    /// <param name="why">Why, in one line.</param>
    public void TokenFailed(string why) => Tell(Token, TroubleKind.Refused,
        $"No token of Microsoft Entra ID for {_connection.Scope} could be had: check the identity of this process, or set " +
        $"{EventHubsOptions.Section}:{nameof(options.Authentication)}. {why}");

    /// <summary>A question that concerns no hub in particular was not answered.</summary>
    public void Failed(KafkaException error)
    {
        ClientFailed(error.Error);
        Unreachable(Reason(error.Error));
    }

    /// <summary>Something about a hub was refused or failed.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="what"><see cref="Reading"/> or <see cref="Writing"/>.</param>
    /// <param name="error">What came of it.</param>
    public void HubFailed(string hub, string what, Error error)
    {
        if (error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition)
        {
            Tell($"{what} {hub}", TroubleKind.Unknown,
                $"There is no event hub '{hub}' at {_connection.Bootstrap}: check {EventHubsOptions.Section}:" +
                $"{nameof(options.Hubs)}:{options.Hubs.Index().First(one => one.Item.Name == hub).Index}:Name.");
        }
        else if (error.Code is ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed)
        {
            Tell($"{what} {hub}", TroubleKind.Forbidden, $"This process may not {what} the event hub '{hub}': {Right(what)}.");
        }
        else
        {
            ClientFailed(error);
        }
    }

    /// <summary>What was tried with a hub was done.</summary>
    public void HubAnswered(string hub, string what)
    {
        Over(Endpoint);
        Over($"{what} {hub}");
    }

    /// <summary>A text without the parts of the connection string that must not be shown.</summary>
    public string Masked(string text) =>
        _connection.Secrets().Aggregate(text, (shown, secret) => shown.Replace(secret, Mask, StringComparison.Ordinal));

    private void Unreachable(string reason)
    {
        // Where the sign-in is refused every broker counts as down too, which says less.
        if (IsKnown(Token) || IsKnown(Endpoint, TroubleKind.Refused)) return;
        Tell(Endpoint, TroubleKind.Unreachable,
            $"Event Hubs at {_connection.Bootstrap} cannot be reached: check {EventHubsOptions.Section}:{PlaceSetting()} and " +
            $"that nothing stands between. {reason}");
    }

    private bool IsKnown(string about, TroubleKind? kind = null)
    {
        lock (_gate) return _troubles.TryGetValue(about, out var known) && (kind is null || known.Kind == kind);
    }

    private string PlaceSetting() =>
        options.Bootstrap is not null ? nameof(options.Bootstrap)
        : options.Authentication == EventHubsAuthentication.ConnectionString ? nameof(options.ConnectionString)
        : nameof(options.Namespace);

    private string Who() => options.Authentication switch
    {
        EventHubsAuthentication.ConnectionString =>
            $"Event Hubs at {_connection.Bootstrap} refuses the connection string: check {EventHubsOptions.Section}:" +
            $"{nameof(options.ConnectionString)} (its policy's name and key).",
        EventHubsAuthentication.Entra =>
            $"Event Hubs at {_connection.Bootstrap} refuses the identity of this process: give it the roles Azure Event Hubs " +
            $"Data Receiver and Data Sender, or check {EventHubsOptions.Section}:{nameof(options.Namespace)}.",
        _ => $"{_connection.Bootstrap} wants a sign-in: check {EventHubsOptions.Section}:{nameof(options.Authentication)}.",
    };

    private string Right(string what)
    {
        var reads = what == Reading;
        return options.Authentication == EventHubsAuthentication.ConnectionString
            ? $"the policy of {EventHubsOptions.Section}:{nameof(options.ConnectionString)} needs the right " +
                (reads ? "Listen" : "Send")
            : $"its identity needs the role Azure Event Hubs Data {(reads ? "Receiver" : "Sender")}";
    }

    private string Reason(Error error) => $"({Masked(error.Reason)})";

    private void Tell(string about, TroubleKind kind, string words)
    {
        lock (_gate)
        {
            var known = _troubles.TryGetValue(about, out var before);
            _troubles[about] = (kind, words);
            if (known && before.Kind == kind) return;
        }

        if (!IsQuiet) LogTrouble(log, words);
    }

    private void Over(string about)
    {
        lock (_gate)
        {
            if (!_troubles.Remove(about)) return;
        }

        LogOver(log, about is Endpoint or Token ? _connection.Bootstrap : about);
    }

    [LoggerMessage(LogLevel.Error, "{Trouble}")]
    private static partial void LogTrouble(ILogger log, string trouble);

    [LoggerMessage(LogLevel.Information, "Event Hubs answers again: {About}")]
    private static partial void LogOver(ILogger log, string about);

    private enum TroubleKind
    {
        Unreachable,
        Refused,
        Unknown,
        Forbidden,
    }
}

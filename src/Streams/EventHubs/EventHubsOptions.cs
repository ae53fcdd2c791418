using System.ComponentModel.DataAnnotations;

namespace Correlation.Streams.EventHubs;

/// <summary>How this process says to Event Hubs who it is.</summary>
public enum EventHubsAuthentication
{
    /// <summary>By Microsoft Entra ID: OAUTHBEARER, with what <c>DefaultAzureCredential</c> finds.</summary>
    Entra,

    /// <summary>By a connection string: PLAIN. One for the emulator (<c>UseDevelopmentEmulator=true</c>) goes without
    /// TLS.</summary>
    ConnectionString,

    /// <summary>Not at all, and without TLS: for a broker of a test or of one's own machine.</summary>
    None,
}

/// <summary>One event hub of the stream.</summary>
public sealed class EventHubOptions
{
    /// <summary>The hub's name.</summary>
    /// <value>Default none.</value>
    [Required, RegularExpression("^[A-Za-z0-9][A-Za-z0-9._-]{0,255}$")]
    public string Name { get; set; } = "";

    /// <summary>The hub's number in the stream: its partition p is the stream's partition number × 1024 + p. It must never
    /// change, because positions hold it.</summary>
    /// <value>Default none, so that nobody gives two hubs the same by chance.</value>
    [Required, Range(0, 1_000_000)]
    public int? Number { get; set; }
}

/// <summary>Event Hubs: which namespace and hubs, who we are to it, and the limits. Settings of the protocol are those that
/// Microsoft recommends for Kafka clients (Learn: apache-kafka-configurations).</summary>
public sealed class EventHubsOptions : IValidatableObject
{
    /// <summary>Where these are configured.</summary>
    public const string Section = "Streams:EventHubs";

    /// <summary>The stream's name in positions.</summary>
    /// <value>Default <c>eventhubs</c>; another one than the local log's, whose checkpoints are no good here.</value>
    [Required, RegularExpression(@"^(?!redriven$|replay-)[A-Za-z0-9._-]{1,128}$")]
    public string Stream { get; set; } = "eventhubs";

    /// <summary>The namespace's whole host name, as <c>NAME.servicebus.windows.net</c>; its Kafka endpoint is on port
    /// 9093.</summary>
    /// <value>Default none; a connection string names it itself.</value>
    [RegularExpression(@"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]
    public string? Namespace { get; set; }

    /// <summary>Where the Kafka endpoint is, as <c>HOST:PORT[,HOST:PORT]</c>, where it is not the namespace's own.</summary>
    /// <value>Default none.</value>
    [RegularExpression(@"^[A-Za-z0-9.\[\]:-]+:\d{1,5}(,[A-Za-z0-9.\[\]:-]+:\d{1,5})*$")]
    public string? Bootstrap { get; set; }

    /// <summary>How this process says who it is.</summary>
    /// <value>Default <see cref="EventHubsAuthentication.Entra"/>.</value>
    [EnumDataType(typeof(EventHubsAuthentication))]
    public EventHubsAuthentication Authentication { get; set; }

    /// <summary>The connection string of the namespace, or of its only hub: a secret, never logged.</summary>
    /// <value>Default none.</value>
    public string? ConnectionString { get; set; }

    /// <summary>The hubs that are the stream, one or several.</summary>
    /// <value>Default none.</value>
    public IList<EventHubOptions> Hubs { get; } = [];

    /// <summary>The hub into which the gateway puts what it is given.</summary>
    /// <value>Default the first of <see cref="Hubs"/>.</value>
    public string? IntakeHub { get; set; }

    /// <summary>The Kafka consumer group under which checkpoints are also committed, for tools that show lag. Nothing is read
    /// from it.</summary>
    /// <value>Default <c>correlation</c>; at most 256 characters.</value>
    [Required, StringLength(256, MinimumLength = 1)]
    public string Group { get; set; } = "correlation";

    /// <summary>The largest message that is appended, in bytes. The service closes the connection at 1,046,528, envelope
    /// included.</summary>
    /// <value>Default 1,044,480 (1 MiB less 4 KiB).</value>
    [Range(1024, 1_044_480)]
    public int MessageBytes { get; set; } = 1_044_480;

    /// <summary>How long the service may take to acknowledge a message, retries included; then the sender is told that it
    /// failed.</summary>
    /// <value>Default 60 s, as recommended; less than 20 s is more than the service promises.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a question for partitions, offsets or one message may take.</summary>
    /// <value>Default 20 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>By how much the service's clock may be behind ours, with the time from a message's stamp until it can be read. A
    /// reader at the end is told a time so far back.</summary>
    /// <value>Default 10 s. Less lets a message come in behind a time that customers were told; more lets time-outs and
    /// resolutions come later.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ClockMargin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the service is asked how far the partitions that are read here reach.</summary>
    /// <value>Default 1 s: two requests for all of them.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan ReachInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the service is asked how many partitions the hubs have.</summary>
    /// <value>Default 1 minute: well below the lateness, so that nothing in a new partition is late when it is found.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan DiscoveryInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a read waits for messages that are there and have not come yet; then it returns without them.</summary>
    /// <value>Default 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ReadPatience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long a partition for which nobody asks is fetched no more.</summary>
    /// <value>Default 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ReleaseAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the service may hold a fetch for which there is nothing. A partition that is begun waits so long at
    /// worst.</summary>
    /// <value>Default 100 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan FetchWait { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many messages of a partition are held ready; then its fetching pauses.</summary>
    /// <value>Default 2,048.</value>
    [Range(1, 1_000_000)]
    public int BufferMessages { get; set; } = 2_048;

    /// <summary>How many bytes of a partition are held ready; then its fetching pauses.</summary>
    /// <value>Default 4 MiB.</value>
    [Range(1024, 1024 * 1024 * 1024)]
    public int BufferBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How often checkpoints are committed for tools that show lag.</summary>
    /// <value>Default 5 s; the service takes four a second for each partition.</value>
    [Range(typeof(TimeSpan), "00:00:00.250", "00:10:00")]
    public TimeSpan CommitInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The name of the hub into which the gateway writes.</summary>
    internal string Intake => IntakeHub is { Length: > 0 } named ? named : Hubs[0].Name;

    /// <summary>Whether namespace, identity and hubs fit together; a secret is not repeated.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        HubProblems().Concat(EventHubsConnection.Problems(this)).Select(problem =>
            new ValidationResult($"{Section}:{problem.Setting} {problem.What}.", [problem.Setting.Split(':')[0]]));

    private IEnumerable<(string Setting, string What)> HubProblems()
    {
        if (Hubs.Count == 0) yield return (nameof(Hubs), "names no hub: give Hubs:0:Name and Hubs:0:Number");
        for (var at = 0; at < Hubs.Count; at++)
        {
            var found = new List<ValidationResult>();
            Validator.TryValidateObject(Hubs[at], new ValidationContext(Hubs[at]), found, validateAllProperties: true);
            foreach (var problem in found)
                yield return ($"{nameof(Hubs)}:{at}:{problem.MemberNames.First()}", $"is refused: {problem.ErrorMessage}");
            if (Hubs.Take(at).Any(other => other.Name == Hubs[at].Name))
                yield return ($"{nameof(Hubs)}:{at}:Name", $"'{Hubs[at].Name}' is named twice");
            if (Hubs[at].Number is not null && Hubs.Take(at).Any(other => other.Number == Hubs[at].Number))
                yield return ($"{nameof(Hubs)}:{at}:Number", $"{Hubs[at].Number} is another hub's too");
        }

        if (!string.IsNullOrEmpty(IntakeHub) && Hubs.All(hub => hub.Name != IntakeHub))
            yield return (nameof(IntakeHub), $"'{IntakeHub}' is none of the hubs");
    }
}

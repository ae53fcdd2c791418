using System.ComponentModel.DataAnnotations;
using Confluent.Kafka;
using Correlation.Streams.EventHubs;

namespace Correlation.Streams.Tests.EventHubs;

public sealed class EventHubsOptionsTests
{
    private const string Good =
        "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=read;SharedAccessKey=a2V5LWtleQ==";

    /// <summary>What is done to good options, and what the refusal must say.</summary>
    private static readonly Dictionary<string, Action<EventHubsOptions>> Mistakes = new()
    {
        ["Streams:EventHubs:Namespace is missing"] = options => options.Namespace = null,
        ["Streams:EventHubs:Authentication is Entra although"] = options => options.ConnectionString = Good,
        ["Streams:EventHubs:Bootstrap is missing"] = options => options.Authentication = EventHubsAuthentication.None,
        ["Streams:EventHubs:ConnectionString is missing"] =
            options => options.Authentication = EventHubsAuthentication.ConnectionString,
        ["Streams:EventHubs:ConnectionString cannot be read"] = options => ByString(options, "SharedAccessSignature sr=x&sig=y"),
        ["Streams:EventHubs:Namespace is another host"] =
            options => ByString(options, Good.Replace("contoso", "fabrikam", StringComparison.Ordinal)),
        ["Streams:EventHubs:ConnectionString is good for the hub other only"] =
            options => ByString(options, $"{Good};EntityPath=other"),
        ["Streams:EventHubs:Hubs names no hub"] = options => options.Hubs.Clear(),
        ["Streams:EventHubs:Hubs:0:Name is refused"] = options => options.Hubs[0].Name = "not/good",
        ["Streams:EventHubs:Hubs:0:Number is refused"] = options => options.Hubs[0].Number = null,
        ["Streams:EventHubs:Hubs:1:Number 0 is another hub's too"] =
            options => options.Hubs.Add(new EventHubOptions { Name = "other", Number = 0 }),
        ["Streams:EventHubs:Hubs:1:Name 'signals' is named twice"] =
            options => options.Hubs.Add(new EventHubOptions { Name = "signals", Number = 1 }),
        ["Streams:EventHubs:IntakeHub 'other' is none"] = options => options.IntakeHub = "other",
        ["Stream must match"] = options => options.Stream = "redriven",
        ["ReachInterval must be between"] = options => options.ReachInterval = TimeSpan.Zero,
        ["Bootstrap must match"] = options => options.Bootstrap = "nonsense",
    };

    public static TheoryData<string> Words => [.. Mistakes.Keys];

    [Theory, MemberData(nameof(Words))]
    public void A_mistake_is_named_by_its_setting_and_no_secret_is_repeated(string words)
    {
        var options = Options();
        Assert.Empty(Validate(options));
        Mistakes[words](options);
        var said = string.Join(' ', Validate(options));
        Assert.Contains(words.Replace("must match", "", StringComparison.Ordinal)
            .Replace("must be between", "", StringComparison.Ordinal).TrimEnd(), said, StringComparison.Ordinal);
        Assert.DoesNotContain("a2V5LWtleQ==", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_endpoint_is_the_namespace_s_on_9093_with_TLS()
    {
        var entra = EventHubsConnection.Of(Options());
        Assert.Equal(("contoso.servicebus.windows.net:9093", SecurityProtocol.SaslSsl, SaslMechanism.OAuthBearer),
            (entra.Bootstrap, entra.Protocol, entra.Mechanism));
        var options = Options();
        ByString(options, Good);
        var plain = EventHubsConnection.Of(options);
        Assert.Equal(("contoso.servicebus.windows.net:9093", SecurityProtocol.SaslSsl, SaslMechanism.Plain, Good),
            (plain.Bootstrap, plain.Protocol, plain.Mechanism, plain.Secret));
    }

    [Fact]
    public void The_emulator_is_reached_on_9092_without_TLS()
    {
        var options = Options();
        options.Namespace = null;
        ByString(options, "Endpoint=sb://localhost;SharedAccessKeyName=Root;SharedAccessKey=SAS;UseDevelopmentEmulator=true;");
        Assert.Empty(Validate(options));
        var emulator = EventHubsConnection.Of(options);
        Assert.Equal(("localhost:9092", SecurityProtocol.SaslPlaintext, SaslMechanism.Plain),
            (emulator.Bootstrap, emulator.Protocol, emulator.Mechanism));
    }

    private static EventHubsOptions Options()
    {
        var options = new EventHubsOptions { Namespace = "contoso.servicebus.windows.net" };
        options.Hubs.Add(new EventHubOptions { Name = "signals", Number = 0 });
        return options;
    }

    private static void ByString(EventHubsOptions options, string connection) =>
        (options.Authentication, options.ConnectionString) = (EventHubsAuthentication.ConnectionString, connection);

    private static List<string> Validate(EventHubsOptions options)
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true);
        return found.ConvertAll(problem => problem.ErrorMessage!);
    }
}

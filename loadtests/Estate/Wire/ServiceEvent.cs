namespace Correlation.Estate.Wire;

/// <summary>One communication of Azure about one of its own events, to one subscription.</summary>
internal sealed record ServiceEvent
{
    /// <summary>The subscription's ARM id.</summary>
    public required string Scope { get; init; }
    public required double Time { get; init; }

    /// <summary>Incident or Maintenance.</summary>
    public required string Type { get; init; }

    /// <summary>Active, Resolved, Planned.</summary>
    public required string Stage { get; init; }
    public required string TrackingId { get; init; }
    public required string Title { get; init; }
    public required string Service { get; init; }

    /// <summary>As Azure shows it, for example <c>West Europe</c>.</summary>
    public required string Region { get; init; }
    public required double ImpactStart { get; init; }
    public required string AlertId { get; init; }
    public required string EventDataId { get; init; }
    public required string CorrelationId { get; init; }

    public string Status => Stage == "Resolved" ? "Resolved" : "Active";

    /// <summary>The properties; <c>isHIR</c> is a boolean on Event Hubs and a text in webhooks.</summary>
    public object Properties(object isHir) => new
    {
        title = Title,
        service = Service,
        region = Region,
        communication = $"<p>{Title}. Engineers are engaged and further updates follow.</p>",
        incidentType = Type,
        trackingId = TrackingId,
        impactStartTime = TimeToken.O7(ImpactStart),
        impactedServices = Json.Of(new[]
        {
            new { ImpactedRegions = new[] { new { RegionName = Region } }, ServiceName = Service },
        }),
        impactedServicesTableRows = $"<tr>\r\n<td>{Service}</td>\r\n<td>{Region}<br></td>\r\n</tr>\r\n",
        defaultLanguageTitle = Title,
        defaultLanguageContent = $"<p>{Title}.</p>",
        stage = Stage,
        communicationId = EventDataId.Replace("-", "")[..14],
        isHIR = isHir,
        version = "0.1.1",
    };
}

using Correlation.Estate.Model;
using Correlation.Estate.Wire;

namespace Correlation.Estate.Failures;

/// <summary>Plays signals of one happening into the outbox and writes down what can be seen of it.</summary>
internal sealed class Scene(Outbox outbox, Rng rng)
{
    /// <summary>How long an alert whose end nobody tells may be taken for going on, in seconds.</summary>
    private const double NeverTold = 24 * 3600;

    private readonly List<TruthSymptom> symptoms = [];
    private readonly List<TruthChange> changes = [];
    private readonly List<Claim> claims = [];

    public IReadOnlyList<TruthSymptom> Symptoms => symptoms;
    public IReadOnlyList<TruthChange> Changes => changes;

    /// <summary>Which conditions were disturbed when. A correlator cannot tell two causes of one condition at one time apart.
    /// </summary>
    public IReadOnlyList<Claim> Claims => claims;

    /// <summary>The share of alerts whose resolved message never comes.</summary>
    public double MissingResolves { get; init; }

    /// <summary>How many seconds a source's own clock is wrong by.</summary>
    public Func<AzureResource, double> WrongBy { get; init; } = static _ => 0;

    public double End => symptoms.Max(s => s.End);

    /// <summary>What the changes of one deployment share; null gives each change its own.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>An alert that fires and resolves. <paramref name="overtaken"/>: the resolved message arrives first.</summary>
    public void Alert(AlertRule rule, AzureResource target, double fired, double resolved, bool overtaken = false)
        => Play(NewAlert(rule, target, fired, resolved), overtaken);

    /// <summary>An alert of a rule that splits by dimensions.</summary>
    public void Split(AlertRule rule, AzureResource target, (double Fired, double Resolved) when,
        params (string Name, string Value)[] dimensions) =>
        Play(NewAlert(rule, target, when.Fired, when.Resolved) with { Dimensions = dimensions }, false);

    /// <summary>An alert of a log rule that names the workspace as its target and the resource in a dimension.</summary>
    public void Queried(AlertRule rule, AzureResource target, AzureResource workspace, double fired, double resolved) =>
        Play(NewAlert(rule, target, fired, resolved) with { Workspace = workspace }, false);

    /// <summary>An alert that fires and resolves again and again: one complaint.</summary>
    public void Flapping(AlertRule rule, AzureResource target, IEnumerable<(double Fired, double Resolved)> episodes)
    {
        var first = symptoms.Count;
        foreach (var (fired, resolved) in episodes) { Alert(rule, target, fired, resolved); }

        var all = symptoms.Skip(first).ToList();
        symptoms.RemoveRange(first, all.Count);
        symptoms.Add(all[0] with
        {
            End = all.Max(s => s.End),
            ExternalIds = [.. all.SelectMany(s => s.ExternalIds)],
        });
    }

    /// <summary>A web test that fails; the alert is about the test and about its component.</summary>
    public void WebTest(AlertRule rule, AzureResource test, AzureResource component, double fired, double resolved)
        => Play(NewAlert(rule, test, fired, resolved) with { Second = component }, false);

    /// <summary>A resource loses its health and gets it back, told by the activity log and, if asked, by an alert.</summary>
    public void Health(
        AzureResource resource, string title, double down, double up, bool alert = true, string cause = "PlatformInitiated")
    {
        List<string> ids = [];
        foreach (var (time, isUp) in new[] { (down, false), (up, true) })
        {
            var health = new HealthEvent
            {
                Resource = resource.Id,
                Time = time,
                IsUp = isUp,
                Title = isUp ? "Available" : title,
                Cause = cause,
                AlertId = AlertId(resource.Subscription),
                EventDataId = rng.Guid(),
                CorrelationId = rng.Guid(),
            };
            outbox.Activity(resource.Subscription, time, ActivityPayloads.ResourceHealth(health, resource.Region), false);
            ids.Add(health.EventDataId);
            if (!alert) { continue; }

            outbox.Alert(time, AlertPayloads.ResourceHealth(health), 60);
            ids.Add(health.AlertId);
        }

        Saw(new What("resourceHealth", resource.Id, "resourcehealth", "Critical"), (down, up), ids);
    }

    /// <summary>Azure tells a subscription of an event of its own, told by the activity log and by alerts.</summary>
    public void Service(ServiceEvent template, params (double Time, string Stage)[] stages)
    {
        List<string> ids = [];
        foreach (var (time, stage) in stages)
        {
            var service = template with { Time = time, Stage = stage, AlertId = AlertHash(), EventDataId = rng.Guid() };
            outbox.Activity(service.Scope.Split('/')[2], time, ActivityPayloads.ServiceHealth(service), false);
            outbox.Alert(time, AlertPayloads.ServiceHealth(service), 90);
            ids.AddRange([service.EventDataId, service.AlertId]);
        }

        var level = template.Type == "Incident" ? "Error" : "Informational";
        Saw(new What("serviceHealth", template.Scope, template.TrackingId, level), (stages[0].Time, stages[^1].Time), ids);
    }

    /// <summary>Error records of a site's log, spread over an interval.</summary>
    public void SiteErrors(AzureResource site, string message, double from, double until, int count) =>
        Errors(site, (from, until, count), (time, id) => LogPayloads.SiteError(site, time, message, id));

    /// <summary>Error events of a machine, spread over an interval.</summary>
    public void MachineErrors(AzureResource machine, string message, double from, double until, int count) =>
        Errors(machine, (from, until, count), (time, id) => LogPayloads.MachineError(machine, time, message, id));

    /// <summary>Error records of a service's log, spread over an interval.</summary>
    public void ServiceErrors(
        AzureResource resource, (string Category, string Operation) what, string message,
        (double From, double Until, int Count) when) =>
        Errors(resource, when, (time, id) => LogPayloads.ServiceError(resource, what, time, message, id));

    /// <summary>A failed run of an Automation job.</summary>
    public void FailedJob(AzureResource account, string runbook, double time) =>
        Errors(account, (time, time + 1, 1), (at, id) => LogPayloads.Job(account, at, id, runbook, "Failed"));

    /// <summary>An operation that fails.</summary>
    public void FailedOperation(CustomerEstate customer, AzureResource resource, string name, double time, string message)
    {
        var op = NewOperation(customer, resource.Id, name, time) with { Failed = true, Message = message };
        Tell(resource.Subscription, op, background: false);
        Saw(new What("failedOperation", resource.Id, name, "Error"), (time, time), [op.EventDataId]);
    }

    /// <summary>A change, its start and its end; <paramref name="role"/> is <c>cause</c> or <c>fix</c>.</summary>
    public void Change(CustomerEstate customer, string resource, string name, double time, string role)
    {
        var op = NewOperation(customer, resource, name, time);
        op = op with { CorrelationId = CorrelationId ?? op.CorrelationId };
        Tell(resource.Split('/')[2], op, background: false);
        changes.Add(new TruthChange(resource, name, time, op.EventDataId, role));
    }

    /// <summary>A change that has to do with nothing.</summary>
    public void HarmlessChange(CustomerEstate customer, AzureResource resource, string name, double time) =>
        Tell(resource.Subscription, NewOperation(customer, resource.Id, name, time), background: true);

    private void Play(AlertInstance alert, bool overtaken)
    {
        var missing = MissingResolves > 0 && rng.Chance(MissingResolves);
        var delay = overtaken && !missing ? alert.Resolved!.Value - alert.Fired + 120 : 0;
        outbox.Alert(alert.Fired, AlertPayloads.Of(alert, false), delay);
        if (!missing) { outbox.Alert(alert.Resolved!.Value, AlertPayloads.Of(alert, true)); }

        var split = string.Join(',', alert.Dimensions.Select(d => $"{d.Name}={d.Value}"));
        foreach (var id in alert.TargetIds.Take(alert.Rule.Kind == RuleKind.WebTest ? 2 : 1))
        {
            var rule = alert.Rule.IdOn(alert.Target);
            var about = alert.Workspace is null ? id : alert.Target.Id;
            Saw(new What("alert", about, rule, $"Sev{alert.Rule.Severity}", split),
                (alert.Fired, alert.Resolved!.Value), [alert.AlertId], missing);
        }
    }

    private void Errors(AzureResource resource, (double From, double Until, int Count) when,
        Func<double, string, (string Category, string Record)> make)
    {
        List<string> ids = [];
        var category = "";
        var wrong = WrongBy(resource);
        var step = (when.Until - when.From) / when.Count;
        for (var i = 0; i < when.Count; i++)
        {
            var time = Math.Round(when.From + (i * step) + rng.Between(0, step / 2), 3);
            ids.Add(rng.Guid());
            (category, var record) = make(time + wrong, ids[^1]);
            outbox.Log(resource, category, time, wrong, record);
        }

        Saw(new What("logError", resource.Id, category, "Error"), (when.From, when.Until), ids);
    }

    private void Tell(string subscription, Operation op, bool background)
    {
        outbox.Activity(subscription, op.Time - op.Seconds, ActivityPayloads.Operation(op, true), background);
        outbox.Activity(subscription, op.Time, ActivityPayloads.Operation(op, false), background);
    }

    private void Saw(What what, (double Start, double End) when, List<string> ids, bool stays = false)
    {
        symptoms.Add(new TruthSymptom
        {
            Kind = what.Kind,
            Resource = what.Resource,
            RuleOrOperation = what.Rule,
            Severity = what.Severity,
            Start = Math.Round(when.Start, 3),
            End = Math.Round(when.End, 3),
            ExternalIds = ids,
        });
        var condition = $"{what.Kind} {what.Resource} {what.Rule} {what.Split}".ToUpperInvariant();
        claims.Add(new Claim(condition, when.Start, stays ? when.End + NeverTold : when.End));
    }

    private AlertInstance NewAlert(AlertRule rule, AzureResource target, double fired, double resolved)
    {
        var rest = $"{rule.NameOn(target)}_{rule.Watch.Length * 7919}";
        var origin = rule.Kind == RuleKind.Log ? rng.Guid()
            : $"{target.Subscription}_{target.Group}_microsoft.insights_metricAlerts_{rest}";
        return new AlertInstance(rule, target, AlertId(target.Subscription), origin, fired, resolved);
    }

    private Operation NewOperation(CustomerEstate customer, string resource, string name, double time) => new()
    {
        Resource = resource,
        Name = name,
        Time = time,
        Seconds = Math.Round(rng.Between(2, 40), 3),
        CorrelationId = rng.Guid(),
        EventDataId = rng.Guid(),
        Tenant = customer.Tenant,
        Caller = customer.Key + "-pipeline",
    };

    private string AlertId(string subscription) =>
        $"/subscriptions/{subscription}/providers/Microsoft.AlertsManagement/alerts/{rng.Guid()}";

    private string AlertHash() => $"{rng.Next():x16}{rng.Next():x16}{rng.Next():x16}{rng.Next():x16}";

    /// <summary>What is complained about.</summary>
    private readonly record struct What(string Kind, string Resource, string Rule, string Severity, string Split = "");
}

using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Decodes the activity log: as streamed, in the REST form and as rows of AzureActivity.</summary>
internal sealed class ActivityRecord(RecordReader reader)
{
    private enum Progress : byte
    {
        Unsaid,
        Started,
        Done,
        Failed,
    }

    /// <summary>Decodes one entry.</summary>
    public void Decode(in RecordView record, DecodeOutput output)
    {
        if (!CommonFields.TryResourceAndTime(record, output, out var resource, out var time)) return;
        var word = record.First(RecordField.CategoryValue, RecordField.Category);
        var category = ActivityCategories.Of(word);
        var properties = PropertiesOf(record, category);
        var entry = new ActivityEntry
        {
            Category = output.Name(word),
            Operation = output.Name(record.First(RecordField.OperationNameValue, RecordField.OperationName)),
            Severity = CommonFields.SeverityOf(record),
        };
        Judge(record, properties, category, entry, output);
        if (category == ActivityCategory.ResourceHealth) entry.Causes = [];
        if (entry.Condition?.Kind == ConditionKind.FailedOperation)
        {
            entry.Text = SaidIn(record)
                ?? ActivityRefusal.Of(Open(record, RecordField.Properties).Text(RecordField.StatusMessage));
            if (CoreQuota.UsedUp(entry.Text, resource) is { } key) entry.Causes = [.. entry.Causes, key];
        }

        if (category == ActivityCategory.Administrative && entry.Role is SignalRole.Change or SignalRole.Context)
            entry.Linked = ActivityBodies.Linked(RawProperties(record), resource);
        output.Signals.Add(new Signal
        {
            Message = output.Message,
            Resource = resource,
            Record = output.Record,
            Kind = entry.Kind,
            Role = entry.Role,
            Severity = entry.Severity,
            EventTime = output.EventTime(time, out var ahead),
            ClockAhead = ahead,
            Dedup = DedupOf(record, resource, time, output),
            Condition = entry.Condition,
            Detail = DetailOf(record, entry, output),
        });
    }

    private static ReadOnlySpan<byte> RawProperties(in RecordView record) => record.Kind(RecordField.Properties) switch
    {
        JsonTokenType.StartObject => record.Raw(RecordField.Properties),
        JsonTokenType.String => record.Text(RecordField.Properties),
        _ => default,
    };

    // Properties are looked into only where a category says something there.
    private RecordView PropertiesOf(in RecordView record, ActivityCategory category)
    {
        if (category is ActivityCategory.Administrative or ActivityCategory.Policy) return reader.None();
        var properties = Open(record, RecordField.Properties);
        return properties.Has(RecordField.EventProperties) ? Open(properties, RecordField.EventProperties) : properties;
    }

    // As streamed, health lies one object deeper than in the REST form.
    private RecordView Open(scoped in RecordView view, RecordField field) => view.Kind(field) switch
    {
        JsonTokenType.StartObject => reader.Open(view.Raw(field)),
        JsonTokenType.String => reader.Open(view.Text(field)),
        _ => reader.None(),
    };

    private static void Judge(
        in RecordView record,
        in RecordView properties,
        ActivityCategory category,
        ActivityEntry entry,
        DecodeOutput output)
    {
        entry.Causes = CommonFields.CauseOf(record);
        switch (category)
        {
            case ActivityCategory.ServiceHealth:
                ActivityHealth.Service(record, properties, entry, output);
                return;
            case ActivityCategory.ResourceHealth:
                ActivityHealth.Resource(properties, entry, output);
                return;
            case ActivityCategory.Alert:
                Alert(record, properties, entry, output);
                return;
            case ActivityCategory.Security:
                Security(record, properties, entry, output);
                return;
            default:
                Operation(record, properties, category, entry, output);
                return;
        }
    }

    private static void Operation(
        in RecordView record,
        in RecordView properties,
        ActivityCategory category,
        ActivityEntry entry,
        DecodeOutput output)
    {
        var progress = ProgressOf(record);
        entry.Kind = SignalKind.ActivityLog;
        if (progress == Progress.Failed || entry.Severity >= Severity.Error)
        {
            entry.Role = SignalRole.Pulse;
            entry.Severity = (Severity)Math.Max((byte)entry.Severity, (byte)Severity.Error);
            entry.Condition = new Condition(
                ConditionKind.FailedOperation,
                ConditionKeys.Operation(entry.Operation ?? entry.Category ?? "unknown"));
        }
        else if (category == ActivityCategory.Autoscale)
        {
            entry.Role = SignalRole.Change;
            entry.ChangeVerb = "scale";
            if (output.Resource(properties.Text(RecordField.ResourceName)) is { IsArm: true } scaled) entry.Linked = [scaled];
        }
        else if (category == ActivityCategory.Administrative)
        {
            entry.ChangeVerb = progress == Progress.Started ? null : VerbOf(entry.Operation);
            if (entry.ChangeVerb is not null) entry.Role = SignalRole.Change;
        }
        else if (category == ActivityCategory.Recommendation)
        {
            var impact = SeverityText.OfAlert(properties.Text(RecordField.Impact));
            if (impact != Severity.Unknown) entry.Severity = impact;
            entry.Title = DecodeOutput.Bounded(properties.Text(RecordField.RecommendationName), CommonFields.MaxTitle);
        }
    }

    private static void Alert(in RecordView record, in RecordView properties, ActivityEntry entry, DecodeOutput output)
    {
        entry.Kind = SignalKind.Alert;
        var said = record.First(RecordField.ActivityStatusValue, RecordField.ResultType, RecordField.Status);
        var operation = entry.Operation ?? "";
        var resolved = ActivityCategories.Is(said, "Resolved"u8)
            || operation.EndsWith("/resolved/action", StringComparison.OrdinalIgnoreCase);
        var activated = ActivityCategories.Is(said, "Activated"u8)
            || operation.EndsWith("/activated/action", StringComparison.OrdinalIgnoreCase);
        entry.Role = resolved ? SignalRole.Close : activated ? SignalRole.Open : SignalRole.Context;
        var correlation = DecodeOutput.Bounded(record.Text(RecordField.CorrelationId), ResourceId.MaxLength);
        var rule = DecodeOutput.Bounded(properties.Text(RecordField.RuleUri), ResourceId.MaxLength) ?? RuleOf(correlation);
        entry.Title = DecodeOutput.Bounded(properties.Text(RecordField.RuleName), CommonFields.MaxTitle);
        entry.Text = DecodeOutput.Bounded(properties.Text(RecordField.Description), CommonFields.MaxText);
        entry.Instance = correlation?[..Math.Min(correlation.Length, CommonFields.MaxId)];
        if (entry.Role == SignalRole.Context) return;
        entry.Condition = new Condition(
            ConditionKind.Alert,
            ConditionKeys.Alert(ConditionKeys.Rule(ResourceId.TryParse(rule), entry.Title, "unknown"), []));
    }

    // The correlation id of an alert is the rule's id and then the incident's.
    private static string? RuleOf(string? correlation)
    {
        var end = correlation?.IndexOf("/incidents/", StringComparison.OrdinalIgnoreCase) ?? -1;
        return end > 0 ? correlation![..end] : null;
    }

    private static void Security(in RecordView record, in RecordView properties, ActivityEntry entry, DecodeOutput output)
    {
        entry.Kind = SignalKind.Security;
        entry.Role = SignalRole.Pulse;
        var said = SeverityText.OfAlert(properties.Text(RecordField.Severity));
        if (said != Severity.Unknown) entry.Severity = said;
        var name = output.Name(properties.TextOrValue(RecordField.EventName))
            ?? output.Name(record.TextOrValue(RecordField.EventName));
        entry.Title = name;
        entry.Condition = new Condition(ConditionKind.Security, ConditionKeys.Security(name ?? entry.Operation ?? "unknown"));
    }

    private static Progress ProgressOf(in RecordView record)
    {
        var said = record.First(RecordField.ActivityStatusValue, RecordField.ResultType, RecordField.Status);
        if (ActivityCategories.Is(said, "Failed"u8) || ActivityCategories.Is(said, "Failure"u8)) return Progress.Failed;
        if (ActivityCategories.Is(said, "Started"u8) || ActivityCategories.Is(said, "Start"u8)) return Progress.Started;
        return said.IsEmpty ? Progress.Unsaid : Progress.Done;
    }

    private static string? VerbOf(string? operation)
    {
        if (operation is null) return null;
        if (operation.EndsWith("/deployments/write", StringComparison.OrdinalIgnoreCase)) return "deploy";
        if (operation.EndsWith("/write", StringComparison.OrdinalIgnoreCase)) return "write";
        if (operation.EndsWith("/delete", StringComparison.OrdinalIgnoreCase)) return "delete";
        return operation.EndsWith("/action", StringComparison.OrdinalIgnoreCase) ? "action" : null;
    }

    private static string? SaidIn(in RecordView record) =>
        DecodeOutput.Bounded(record.First(RecordField.ResultDescription, RecordField.Description), CommonFields.MaxText);

    private static SignalDetail DetailOf(in RecordView record, ActivityEntry entry, DecodeOutput output) => new()
    {
        Title = entry.Title ?? entry.Operation ?? entry.Category ?? "",
        Text = entry.Text ?? SaidIn(record),
        ExternalId = DecodeOutput.Bounded(record.First(RecordField.EventDataId, RecordField.ItemId), CommonFields.MaxId),
        Instance = entry.Instance,
        Category = entry.Category,
        Operation = entry.Operation,
        Actor = CommonFields.ActorOf(record, output),
        Region = entry.Region,
        Tenant = record.Has(RecordField.TimeGenerated) ? null : output.Name(CommonFields.TenantIdOf(record)),
        CauseKeys = entry.Causes,
        Linked = entry.Linked,
        ChangeVerb = entry.ChangeVerb,
    };

    private static DedupKey DedupOf(in RecordView record, ResourceId resource, DateTimeOffset time, DecodeOutput output)
    {
        var id = record.First(RecordField.EventDataId, RecordField.ItemId);
        if (!id.IsEmpty) return output.Dedup("activity").Add(resource.Canonical).Add(id).ToKey();
        return output.Dedup("activity entry").Add(resource.Canonical)
            .Add(record.Text(RecordField.CorrelationId))
            .Add(record.TextOrValue(RecordField.OperationName))
            .Add(record.First(RecordField.ResultType, RecordField.Status))
            .Add(time.UtcTicks)
            .ToKey();
    }
}

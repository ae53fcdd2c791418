using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Reads what the streaming families have in common, and says precisely what a record lacks.</summary>
internal static class CommonFields
{
    /// <summary>The longest id or actor that is kept, in characters.</summary>
    public const int MaxId = 512;

    private const int ShortId = 64;

    /// <summary>The longest title, in characters.</summary>
    public const int MaxTitle = 256;

    /// <summary>The longest text, in characters.</summary>
    public const int MaxText = 1024;

    /// <summary>The resource and time of a record; where one is missing, the record is rejected for that reason.</summary>
    public static bool TryResourceAndTime(
        in RecordView record,
        DecodeOutput output,
        [NotNullWhen(true)] out ResourceId? resource,
        out DateTimeOffset time)
    {
        resource = record.Resource(output) ?? TenantOf(record, output);
        var hasTime = record.TryTime(out time);
        if (resource is not null && hasTime) return true;
        if (resource is null && !hasTime) output.Reject(RejectReason.NoResourceNoTime);
        else if (hasTime) output.Reject(RejectReason.NoResource, HasResourceField(record) ? "Its id cannot be used." : "");
        else output.Reject(RejectReason.NoTime, record.HasTimeField() ? "Its time cannot be read." : "");
        return false;
    }

    /// <summary>How bad the record says it is, by the first of its level fields that says anything.</summary>
    public static Severity SeverityOf(in RecordView record)
    {
        for (var field = RecordField.Level; field <= RecordField.ErrorLevel; field++)
        {
            if (!record.Has(field)) continue;
            var text = record.Text(field);
            var severity = field == RecordField.SeverityLevel && text is [>= (byte)'0' and <= (byte)'4']
                ? (Severity)(text[0] - '0' + (int)Severity.Verbose) // Application Insights counts upward: 0 Verbose … 4 Critical.
                : SeverityText.OfLevel(text);
            if (severity != Severity.Unknown) return severity;
        }

        return Severity.Unknown;
    }

    /// <summary>Who did it: the caller, or an identity that is a plain name; never claims.</summary>
    public static string? ActorOf(in RecordView record, DecodeOutput output)
    {
        var name = record.Text(RecordField.Caller);
        if (name.IsEmpty) name = record.Text(RecordField.Identity);
        return JsonText.LooksLikeJson(name) || name.Length > DecodeCaches.MaxNameBytes ? null : output.Name(name);
    }

    /// <summary>A region in its short form; null for <c>global</c> and for none.</summary>
    public static string? RegionOf(ReadOnlySpan<byte> text, DecodeOutput output)
    {
        var end = text.IndexOfAny((byte)',', (byte)';');
        if (end >= 0) text = text[..end];
        if (text.IsEmpty || text.Length > 64) return null;
        Span<byte> region = stackalloc byte[64];
        var length = 0;
        foreach (var c in text)
        {
            if (c != ' ') region[length++] = c is >= (byte)'A' and <= (byte)'Z' ? (byte)(c | 0x20) : c;
        }

        return output.Name(region[..length]);
    }

    /// <summary>The correlation id as a cause key; empty for none, for all zeros and for an alert's path.</summary>
    public static ImmutableArray<string> CauseOf(in RecordView record)
    {
        var id = record.Text(RecordField.CorrelationId).Trim(" "u8);
        if (id.IsEmpty || id.Length > MaxId || id[0] == '/' || id.IndexOfAnyExcept((byte)'0', (byte)'-') < 0) return [];
        const string kind = "correlation:";
        Span<char> key = stackalloc char[kind.Length + ShortId];
        var isShort = id.Length <= ShortId && Ascii.ToLower(id, key[kind.Length..], out _) == OperationStatus.Done;
        if (!isShort) return [kind + LowerText.Of(Encoding.UTF8.GetString(id))];
        kind.CopyTo(key);
        return [new string(key[..(kind.Length + id.Length)])];
    }

    /// <summary>Whether one of the known resource fields is there, usable or not.</summary>
    public static bool HasResourceField(in RecordView record)
    {
        for (var field = RecordField.ResourceId; field <= RecordField.WorkspaceResourceId; field++)
        {
            if (record.Has(field)) return true;
        }

        return false;
    }

    /// <summary>The tenant's id. What XDR rows call <c>Tenant</c> is a display name (<c>DefaultTenant</c>) and stands for
    /// nobody.</summary>
    public static ReadOnlySpan<byte> TenantIdOf(in RecordView record) => record.Text(RecordField.Tenant);

    /// <summary>Whether it names a tenant.</summary>
    public static bool HasTenant(in RecordView record) => record.Has(RecordField.Tenant);

    // Tenant logs and Defender XDR rows carry no resource but the tenant; a Log Analytics row's TenantId is a workspace's.
    private static ResourceId? TenantOf(in RecordView record, DecodeOutput output)
    {
        var tenant = TenantIdOf(record);
        if (tenant.IsEmpty || tenant.Length > 64 || tenant.Contains((byte)'/')) return null;
        if (HasResourceField(record) || record.Has(RecordField.TimeGenerated)) return null;
        Span<byte> id = stackalloc byte[80];
        "/tenants/"u8.CopyTo(id);
        tenant.CopyTo(id[9..]);
        return output.Resource(id[..(9 + tenant.Length)]);
    }
}

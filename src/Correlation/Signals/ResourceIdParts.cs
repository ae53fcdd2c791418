namespace Correlation.Signals;

/// <summary>The grammar of ARM ids over canonical text.</summary>
internal static class ResourceIdParts
{
    private const string Providers = "/providers/";
    private static readonly string[] Roots = ["subscriptions/", "tenants/", "providers/"];

    /// <summary>Lower case, unescaped, single slashes, no trailing slash, no extension segments.</summary>
    public static string Canonicalize(string text)
    {
        var unescaped = text.Contains('%') ? Uri.UnescapeDataString(text) : text;
        var lower = SingleSlashes(unescaped.ToLowerInvariant().Trim()).TrimEnd('/');
        if (Roots.Any(root => lower.StartsWith(root, StringComparison.Ordinal))) lower = "/" + lower;
        return lower.Length > 0 && lower[0] == '/' ? WithoutExtensions(lower) : lower;
    }

    /// <summary>The type of a canonical id; see <see cref="ResourceId.Type"/>.</summary>
    public static string TypeOf(string canonical)
    {
        if (canonical[0] != '/') return "name";
        var at = canonical.LastIndexOf(Providers, StringComparison.Ordinal);
        return at < 0 ? ScopeTypeOf(canonical) : ProviderTypeOf(canonical.AsSpan(at + Providers.Length));
    }

    /// <summary>The canonical id of what contains a canonical id; null at the top.</summary>
    public static string? ParentOf(string canonical)
    {
        if (canonical[0] != '/') return null;
        var at = canonical.LastIndexOf(Providers, StringComparison.Ordinal);
        if (at < 0) return ParentScopeOf(canonical);
        var segments = canonical.AsSpan(at + Providers.Length).Count('/') + 1;
        // namespace/type/name is the shortest; each further pair is a child.
        if (segments <= 3) return at == 0 ? null : canonical[..at];
        var end = canonical.LastIndexOf('/');
        return canonical[..(segments % 2 == 0 ? end : canonical.LastIndexOf('/', end - 1))];
    }

    private static string? ParentScopeOf(string canonical)
    {
        var at = canonical.IndexOf("/resourcegroups/", StringComparison.Ordinal);
        return at > 0 ? canonical[..at] : null;
    }

    private static string ScopeTypeOf(string canonical)
    {
        if (canonical.Contains("/resourcegroups/", StringComparison.Ordinal)) return "resourcegroup";
        if (canonical.StartsWith("/subscriptions/", StringComparison.Ordinal)) return "subscription";
        return canonical.StartsWith("/tenants/", StringComparison.Ordinal) ? "tenant" : "name";
    }

    private static string ProviderTypeOf(ReadOnlySpan<char> rest)
    {
        // As most are: namespace/type/name.
        if (rest.Count('/') == 2) return rest[..rest.LastIndexOf('/')].ToString();
        var segments = rest.ToString().Split('/');
        return string.Join('/', segments.Where((_, i) => i == 0 || i % 2 == 1));
    }

    private static string WithoutExtensions(string canonical)
    {
        var last = canonical.LastIndexOf(Providers, StringComparison.Ordinal);
        while (last > 0 && canonical.IndexOf(Providers, StringComparison.Ordinal) < last)
        {
            canonical = canonical[..last];
            last = canonical.LastIndexOf(Providers, StringComparison.Ordinal);
        }

        return canonical;
    }

    private static string SingleSlashes(string text)
    {
        while (text.Contains("//", StringComparison.Ordinal)) text = text.Replace("//", "/", StringComparison.Ordinal);
        return text;
    }
}

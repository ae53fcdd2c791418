using Correlation.Signals;

namespace Correlation.Gateway.Api;

/// <summary>The parts of a request that many calls share, checked.</summary>
internal static class Asked
{
    private const int LargestPage = 500;

    /// <summary>How many items a page is to have.</summary>
    /// <exception cref="BadRequestException">It is out of bounds.</exception>
    public static int Limit(int? limit, IOptions<GatewayOptions> options) => (limit ?? options.Value.PageSize) switch
    {
        >= 1 and <= LargestPage and var good => good,
        _ => throw new BadRequestException($"'limit' must be 1 to {LargestPage}."),
    };

    /// <summary>Where a page is to begin; null for the beginning.</summary>
    public static string? Cursor(string? cursor) => string.IsNullOrEmpty(cursor) ? null : cursor;

    /// <summary>A resource's id.</summary>
    /// <exception cref="BadRequestException">It is none.</exception>
    public static ResourceId Resource(string? id) =>
        ResourceId.TryParse(id) 
        ?? throw new BadRequestException("'id' is no resource id: it is missing, too long or holds control characters.");

    /// <summary>An optional word of a small set.</summary>
    /// <exception cref="BadRequestException">It is not of the set.</exception>
    public static T? Word<T>(string? text, string parameter)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text)) return null;
        var names = Enum.GetNames<T>();
        return names.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new BadRequestException($"'{parameter}' must be one of {string.Join(", ", names.Select(Camel))}.");
    }

    /// <summary>A command's name: from its body, else from the header <c>Idempotency-Key</c>, else a new one.</summary>
    /// <exception cref="BadRequestException">It is too long.</exception>
    public static string CommandId(string? body, HttpContext context)
    {
        var id = body ?? context.Request.Headers["Idempotency-Key"].ToString();
        if (id.Length > 128) throw new BadRequestException("'commandId' must have at most 128 characters.");
        return id.Length > 0 ? id : Guid.NewGuid().ToString("n");
    }

    /// <summary>Who commands: the key's owner; only where nobody has a key, whom the body names.</summary>
    public static string Actor(Access.Caller caller, string? body) =>
        caller.Named || string.IsNullOrWhiteSpace(body) ? caller.Name : Bounded(body, "actor", 128);

    /// <summary>A text that must be there and not too long.</summary>
    /// <exception cref="BadRequestException">It is missing or too long.</exception>
    public static string Bounded(string? text, string parameter, int most) =>
        string.IsNullOrWhiteSpace(text) ? throw new BadRequestException($"'{parameter}' is missing.")
        : text.Length > most ? throw new BadRequestException($"'{parameter}' must have at most {most} characters.")
        : text;

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

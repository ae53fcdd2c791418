namespace Correlation.Deploy.Tests.Image;

/// <summary>deploy/Dockerfile: its instructions in order, each on one line.</summary>
internal sealed class Dockerfile
{
    private Dockerfile(IReadOnlyList<(string Verb, string Text)> instructions) => Instructions = instructions;

    /// <summary>The instructions.</summary>
    public IReadOnlyList<(string Verb, string Text)> Instructions { get; }

    /// <summary>Those of the image itself, behind the last FROM.</summary>
    public IReadOnlyList<(string Verb, string Text)> Final =>
        [.. Instructions.Skip(Instructions.Select(one => one.Verb).ToList().LastIndexOf("FROM"))];

    /// <summary>The variables that the image sets; those it empties are left out.</summary>
    public Dictionary<string, string> Environment => Final.Where(one => one.Verb == "ENV")
        .SelectMany(one => one.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(pair => pair.Split('=', 2)).Where(pair => pair[1].Length > 0).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>Reads it.</summary>
    public static Dockerfile Read()
    {
        var lines = Checkout.Read("deploy/Dockerfile").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith('#'));
        return new Dockerfile([.. lines.Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1].Trim()))]);
    }
}

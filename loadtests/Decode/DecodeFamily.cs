namespace Correlation.LoadTests.Decode;

/// <summary>The messages of one family.</summary>
/// <param name="Name">For example <c>alert-metric</c>.</param>
/// <param name="Bodies">The messages' bytes.</param>
internal sealed record DecodeFamily(string Name, IReadOnlyList<byte[]> Bodies)
{
    public long Bytes { get; } = Bodies.Sum(static body => (long)body.Length);
}

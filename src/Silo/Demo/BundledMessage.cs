namespace Correlation.Silo.Demo;

/// <summary>One message of a bundle with its times put in.</summary>
/// <param name="At">When the stream stored it, relative to the end of the replayed time; not above zero.</param>
/// <param name="Body">Its bytes.</param>
internal readonly record struct BundledMessage(TimeSpan At, byte[] Body);

using Correlation.Estate;

namespace Correlation.LoadTests.Shared;

/// <summary>The bodies of a load, for a sender.</summary>
internal static class LoadSource
{
    /// <summary>The messages of a load. As many records as are wanted are made beforehand: making them takes the product's
    /// processors; what is sent after that is made on the way.</summary>
    public static IEnumerator<(byte[] Body, int Records)> Of(MixedLoadOptions load, double wanted)
    {
        var messages = MixedLoad.Messages(load).Select(message => (message.Body, message.Records)).GetEnumerator();
        var made = new Queue<(byte[] Body, int Records)>();
        for (var records = 0L; records < wanted && messages.MoveNext(); records += messages.Current.Records)
            made.Enqueue(messages.Current);
        return Then(made, messages);
    }

    private static IEnumerator<(byte[] Body, int Records)> Then(
        Queue<(byte[] Body, int Records)> made, IEnumerator<(byte[] Body, int Records)> further)
    {
        while (made.TryDequeue(out var message)) yield return message;
        while (further.MoveNext()) yield return further.Current;
    }
}

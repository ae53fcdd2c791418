using System.Runtime.InteropServices;

namespace Correlation.LoadTests.Shared;

/// <summary>What a scenario that is ended from outside (SIGINT, SIGTERM: a person, a time-out) must not leave behind.</summary>
internal static class Cleanup
{
    private const int ExitCode = 130;
    private static readonly Lock Gate = new();
    private static readonly List<Action> Actions = [];

    /// <summary>Cleans up and ends the process on a signal, for as long as the answer is not disposed.</summary>
    public static IDisposable Watch() => new Both(
        PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => End()),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => End()));

    /// <summary>Adds an action; what was added last is done first. Disposing the answer takes it back.</summary>
    public static IDisposable Add(Action action)
    {
        lock (Gate) Actions.Add(action);
        return new Added(action);
    }

    private static void End()
    {
        lock (Gate)
        {
            foreach (var action in Enumerable.Reverse(Actions))
            {
                try
                {
                    action();
                }
                catch (Exception error)
                {
                    Console.Error.WriteLine(error.Message);
                }
            }
        }

        Environment.Exit(ExitCode);
    }

    private sealed class Added(Action action) : IDisposable
    {
        public void Dispose()
        {
            lock (Gate) Actions.Remove(action);
        }
    }

    private sealed class Both(IDisposable one, IDisposable other) : IDisposable
    {
        public void Dispose()
        {
            one.Dispose();
            other.Dispose();
        }
    }
}

using System.Diagnostics.Metrics;
using Correlation.Sqlite;
using Microsoft.Extensions.Options;

namespace Correlation.Storage.Sqlite;

/// <summary>The file <c>state.db</c>, its writer and its readers; the stores share it.</summary>
internal sealed class StateFile : IDisposable
{
    /// <summary>Opens the file, which is made where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is of a newer format, or of another kind.</exception>
    public StateFile(IOptions<SqliteStorageOptions> options, IMeterFactory? meters = null)
    {
        Options = options.Value;
        Directory.CreateDirectory(Options.Folder);
        var path = Path.Combine(Options.Folder, StateFormat.FileName);
        var session = StateFormat.File.OpenWriter(path, StateFormat.WriterSetup(Options));
        Numbers = new Remembered<long>(Options.RememberedKeys);
        var folding = new WriteAheadFolding(path, StateFormat.FoldedEvery, flushes: true);
        Writer = new StateWriter(session, folding, Options, new StateRows(Numbers), new StorageInstruments(meters));
        Readers = new SqliteReaders(path);
    }

    public SqliteStorageOptions Options { get; }

    public Remembered<long> Numbers { get; }

    public StateWriter Writer { get; }

    public SqliteReaders Readers { get; }

    /// <summary>Refuses bytes over the limit.</summary>
    public void CheckSize(int bytes)
    {
        if (bytes > Options.RowBytes)
            throw new ArgumentException($"{bytes} bytes are over the limit of {Options.RowBytes} a row.");
    }

    /// <summary>Writes what waits, then closes the file.</summary>
    public void Dispose()
    {
        Writer.Dispose();
        Readers.Dispose();
    }
}

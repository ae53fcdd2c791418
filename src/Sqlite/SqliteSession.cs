using Microsoft.Data.Sqlite;

namespace Correlation.Sqlite;

/// <summary>One connection with its prepared statements; for one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private const string ReaderSetup = "PRAGMA busy_timeout = 10000; PRAGMA query_only = ON;";
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    /// <summary>Opens the writing connection of a file, which is made where there is none.</summary>
    public static SqliteSession OpenWriter(string path, string setup) => Open(path, SqliteOpenMode.ReadWriteCreate, setup);

    /// <summary>Opens a connection that cannot write.</summary>
    public static SqliteSession OpenReader(string path) => Open(path, SqliteOpenMode.ReadOnly, ReaderSetup);

    /// <summary>The prepared statement for a text; made at its first use and kept.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (statements.TryGetValue(sql, out var statement)) return statement;
        statement = new SqliteStatement(connection.Handle!, sql);
        statements.Add(sql, statement);
        return statement;
    }

    /// <summary>Runs statements that are used once.</summary>
    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Begins a transaction that reads one state of the file.</summary>
    public void BeginRead() => Prepare("BEGIN").Run();

    /// <summary>Begins a transaction that no other connection's write can come between.</summary>
    public void BeginWrite() => Prepare("BEGIN IMMEDIATE").Run();

    /// <summary>Ends the transaction and keeps what it wrote.</summary>
    public void Commit() => Prepare("COMMIT").Run();

    /// <summary>Ends the transaction, if one is open, and forgets what it wrote.</summary>
    public void Rollback()
    {
        foreach (var statement in statements.Values) statement.Reset();
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle!) == 0) Prepare("ROLLBACK").Run();
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        connection.Dispose();
    }

    private static SqliteSession Open(string path, SqliteOpenMode mode, string setup)
    {
        // Pooling would keep the file open after Dispose; SqliteReaders pools what is worth keeping, prepared statements
        // included.
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();
        var session = new SqliteSession(new SqliteConnection(text));
        try
        {
            session.connection.Open();
            session.Execute(setup);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}

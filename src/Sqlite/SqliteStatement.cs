using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Correlation.Sqlite;

/// <summary>A prepared statement of one connection, bound by position from 1; for one thread at a time.</summary>
/// <remarks>
/// It binds spans and integers straight to SQLite: the ADO.NET command boxes each value and looks each parameter up by name,
/// which costs more than the statement itself where hundreds of thousands of small rows are written.
/// </remarks>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out statement), database);
    }

    /// <summary>Binds an integer.</summary>
    public SqliteStatement Bind(int index, long value)
    {
        raw.sqlite3_bind_int64(statement, index, value);
        return this;
    }

    /// <summary>Binds bytes; none are an empty blob, not NULL.</summary>
    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        var code = raw.sqlite3_bind_blob(statement, index, value);
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, database);
        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False where there is none; the statement is then reset.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, database);
        return false;
    }

    /// <summary>Runs a statement that answers with no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        try
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs a statement that answers with at most one integer.</summary>
    /// <returns>Null where there is no row.</returns>
    public long? Number()
    {
        try
        {
            return Step() ? Integer(0) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The integer in a column of the current row, from 0.</summary>
    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>The bytes in a column of the current row; theirs is the memory until the next step.</summary>
    public ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>A copy of the bytes in a column of the current row.</summary>
    public byte[] Bytes(int column) => Span(column).ToArray();

    /// <summary>The text whose UTF-8 bytes are in a column of the current row.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    /// <summary>Forgets rows and bound values, so that no read is left open.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(statement);
        raw.sqlite3_clear_bindings(statement);
    }

    public void Dispose() => statement.Dispose();
}

namespace Correlation.Sqlite;

/// <summary>What a file must be to be opened: whose it is, the version of its format, and the tables of a new one.</summary>
/// <param name="ApplicationId">Marks the file as one of its kind (SQLite's <c>application_id</c>).</param>
/// <param name="Version">The newest version that this program knows (SQLite's <c>user_version</c>).</param>
/// <param name="Tables">Makes the tables of a new file of version 1.</param>
internal sealed record SqliteFormat(int ApplicationId, int Version, string Tables)
{
    /// <summary>What brings a file from version 1 to 2, from 2 to 3, and so on up to <see cref="Version"/>.</summary>
    public IReadOnlyList<string> Upgrades { get; init; } = [];

    /// <summary>Opens the writing connection, makes the tables of a new file, and refuses what it does not know.</summary>
    /// <exception cref="InvalidDataException">The file is of another kind, or of a newer format.</exception>
    public SqliteSession OpenWriter(string path, string setup)
    {
        var session = SqliteSession.OpenWriter(path, setup);
        try
        {
            session.BeginWrite();
            if (IsNew(session)) session.Execute($"{Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = 1;");
            Check(session, path);
            Upgrade(session);
            session.Commit();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void Upgrade(SqliteSession session)
    {
        var version = (int)session.Prepare("PRAGMA user_version").Number()!.Value;
        if (version == Version) return;
        foreach (var upgrade in Upgrades.Skip(version - 1)) session.Execute(upgrade);
        session.Execute($"PRAGMA user_version = {Version}");
    }

    private static bool IsNew(SqliteSession session) =>
        session.Prepare("SELECT COUNT(*) FROM sqlite_schema").Number() == 0;

    private void Check(SqliteSession session, string path)
    {
        var name = Path.GetFileName(path);
        if (session.Prepare("PRAGMA application_id").Number() != ApplicationId)
        {
            throw new InvalidDataException($"{name} was not written by this program; it is left as it is.");
        }

        var version = session.Prepare("PRAGMA user_version").Number();
        if (version > Version)
        {
            throw new InvalidDataException(
                $"{name} is of format {version}, this program knows formats up to {Version}: " +
                "run the newer program, or another folder.");
        }
    }
}

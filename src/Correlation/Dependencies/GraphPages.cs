using System.Text.Json;

namespace Correlation.Dependencies;

/// <summary>The pages of an export, read one after another.</summary>
internal sealed class GraphPages
{
    private readonly EstateBuilder _estate = new();
    private readonly List<string> _errors = [];
    private int _pages;
    private string? _more;

    /// <summary>How many rows were read.</summary>
    public int Rows { get; private set; }

    /// <summary>Notes a mistake.</summary>
    public void Refuse(string error)
    {
        if (_errors.Count < ResourceGraphLimits.Errors) _errors.Add(error);
        else if (_errors.Count == ResourceGraphLimits.Errors) _errors.Add("and more: these are the first");
    }

    /// <summary>Reads the page that the reader stands before.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        _pages++;
        _more = null;
        if (reader.TokenType == JsonTokenType.StartArray) List(ref reader);
        else if (reader.TokenType == JsonTokenType.StartObject) Answer(ref reader);
        else Refuse($"page {_pages} is neither a list of resources nor an object with \"data\"");
    }

    /// <summary>The edges of all pages.</summary>
    /// <exception cref="ResourceGraphException">There were mistakes.</exception>
    public EstateGraph Finish()
    {
        if (_pages == 0) Refuse("it is empty");
        if (_more is not null) Refuse($"it is not whole: the last page, after row {Rows}, {_more}");
        if (_errors.Count > 0) throw new ResourceGraphException(_errors);
        var graph = _estate.Build();
        if (graph.Edges.Length <= ResourceGraphLimits.Edges) return graph;
        throw new ResourceGraphException(
            [$"it gives {graph.Edges.Length} edges, {ResourceGraphLimits.Edges} are allowed"]);
    }

    private void Answer(ref Utf8JsonReader reader)
    {
        var hasData = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name.ToLowerInvariant())
            {
                case "data":
                    hasData = true;
                    Data(ref reader);
                    break;
                case "$skiptoken" or "skiptoken" or "skip_token":
                    if (reader.TokenType == JsonTokenType.String) _more = $"names a further one ({name})";
                    reader.Skip();
                    break;
                case "resulttruncated":
                    if (reader.TokenType == JsonTokenType.True || IsTrue(ref reader)) _more ??= "says that it was cut off";
                    reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (!hasData) Refuse($"page {_pages} has no \"data\"");
    }

    private static bool IsTrue(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && string.Equals(reader.GetString(), "true", StringComparison.OrdinalIgnoreCase);

    private void Data(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray) List(ref reader);
        else if (reader.TokenType == JsonTokenType.StartObject) Table(JsonElement.ParseValue(ref reader));
        else
        {
            Refuse($"page {_pages}: \"data\" is no list of resources");
            reader.Skip();
        }
    }

    private void List(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Row(JsonElement.ParseValue(ref reader));
    }

    /// <summary>The REST API's other form: the names of the columns once, and the values of each row.</summary>
    private void Table(JsonElement table)
    {
        if (!GraphRow.TryGet(table, "columns", out var columns) || columns.ValueKind != JsonValueKind.Array
            || !GraphRow.TryGet(table, "rows", out var rows) || rows.ValueKind != JsonValueKind.Array)
        {
            Refuse($"page {_pages}: \"data\" is neither a list of resources nor a table of columns and rows");
            return;
        }

        var names = columns.EnumerateArray().Select(column => GraphRow.Text(column, "name")).ToList();
        foreach (var row in rows.EnumerateArray()) Row(Whole(names, row));
    }

    private static JsonElement Whole(List<string?> names, JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Array) return row;
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in names.Zip(row.EnumerateArray()))
            {
                if (name is null) continue;
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(text.ToArray());
        return JsonElement.ParseValue(ref reader);
    }

    private void Row(JsonElement row)
    {
        Rows++;
        if (Rows > ResourceGraphLimits.Rows)
        {
            if (Rows == ResourceGraphLimits.Rows + 1) Refuse($"it has more than {ResourceGraphLimits.Rows} rows");
            return;
        }

        if (_estate.Add(row) is { } error) Refuse($"row {Rows}: {error}");
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Correlation.Grouping;

namespace Correlation.Customers;

/// <summary>Says everything that is wrong with a customers.json at once.</summary>
public sealed class CustomerFileException : Exception
{
    /// <summary>Makes one from its errors.</summary>
    public CustomerFileException(IReadOnlyList<string> errors)
        : base("customers.json is not valid:" + string.Concat(errors.Select(error => "\n- " + error))) => Errors = errors;

    /// <summary>The errors, one line each, in the order of the file.</summary>
    public IReadOnlyList<string> Errors { get; }
}

/// <summary>Reads customers.json.</summary>
public static class CustomerFileReader
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new DayConverter(), new SettingsConverter() },
    };

    /// <summary>Reads and checks the file.</summary>
    /// <param name="json">Its text.</param>
    /// <exception cref="CustomerFileException">It is no JSON of this form (with path and line),
    /// or its content contradicts itself.</exception>
    public static CustomerFile Read(string json)
    {
        var file = Parse(json);
        var errors = CustomerFileCheck.Errors(file);
        return errors.Count == 0 ? file : throw new CustomerFileException(errors);
    }

    private static CustomerFile Parse(string json)
    {
        try
        {
            var file = JsonSerializer.Deserialize<CustomerFile>(json, Options)
                ?? throw new CustomerFileException(["the file is null"]);
            return file with { Customers = [.. OrEmpty(file.Customers).Select(Whole)] };
        }
        catch (JsonException error)
        {
            throw new CustomerFileException([CustomerFileWords.Of(error)]);
        }
    }

    private static CustomerEntry Whole(CustomerEntry? entry, int index) => entry is null
        ? throw new CustomerFileException([$"customers[{index}] is null"])
        : entry with
    {
        Name = entry.Name ?? "",
        Tenants = OrEmpty(entry.Tenants),
        Subscriptions = OrEmpty(entry.Subscriptions),
        Prefixes = OrEmpty(entry.Prefixes),
        Topology = OrEmpty(entry.Topology),
        Grouping = OrEmpty(entry.Grouping),
        ShadowGrouping = OrEmpty(entry.ShadowGrouping),
        BusinessHours = entry.BusinessHours ?? new BusinessHours(),
    };

    private static ImmutableArray<T> OrEmpty<T>(ImmutableArray<T> values) => values.IsDefault ? [] : values;

    /// <summary>Settings of grouping as an object of names and values; what they mean is checked later.</summary>
    private sealed class SettingsConverter : JsonConverter<ImmutableArray<GroupingSetting>>
    {
        public override ImmutableArray<GroupingSetting> Read(
            ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException();
            return
            [
                .. document.RootElement.EnumerateObject().Select(member => member.Value.ValueKind switch
                {
                    JsonValueKind.String => new GroupingSetting(member.Name, member.Value.GetString()!),
                    JsonValueKind.Number => new GroupingSetting(member.Name, member.Value.GetRawText()),
                    _ => throw new JsonException(),
                }),
            ];
        }

        public override void Write(
            Utf8JsonWriter writer, ImmutableArray<GroupingSetting> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var setting in value) writer.WriteString(setting.Name, setting.Value);
            writer.WriteEndObject();
        }
    }

    /// <summary>Days by their English names, whole or the first three letters.</summary>
    private sealed class DayConverter : JsonConverter<DayOfWeek>
    {
        public override DayOfWeek Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
            foreach (var day in Enum.GetValues<DayOfWeek>())
            {
                var name = day.ToString();
                if (text.Equals(name, StringComparison.OrdinalIgnoreCase)) return day;
                if (text.Equals(name[..3], StringComparison.OrdinalIgnoreCase)) return day;
            }

            throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, DayOfWeek value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString()[..3]);
    }
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NudgeBot.Governance;

/// <summary>
/// Values as they are stored: an object in the values' order. A text is a string, somebody <c>{"person": pseudonym}</c>, what is private
/// <c>{"of": pseudonym, "sealed": base64}</c>; a value of several parts is an array of these.
/// </summary>
static class AuditJson
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Write(AuditValues? values, IReadOnlyDictionary<long, AuditPerson> persons) => values?.All.Any() == true
        ? Written(json =>
        {
            foreach (var (name, parts) in values.All)
            {
                json.WritePropertyName(name);
                if (parts.Count != 1) json.WriteStartArray();
                foreach (var part in parts) WritePart(json, part, persons);
                if (parts.Count != 1) json.WriteEndArray();
            }
        })
        : null;

    public static string? WriteNamed(IReadOnlyList<AuditPerson> persons) => persons.Count == 0
        ? null
        : Written(json =>
        {
            foreach (var person in persons) json.WriteString(person.Pseudonym.ToString(), person.EmailDigest());
        });

    /// <exception cref="JsonException">It was not written here.</exception>
    public static IReadOnlyDictionary<Guid, string> ReadNamed(string? named) =>
        named is null ? new Dictionary<Guid, string>() : JsonSerializer.Deserialize<Dictionary<Guid, string>>(named) ?? [];

    /// <param name="person">What stands for somebody.</param>
    /// <param name="opened">What stands for something sealed.</param>
    /// <exception cref="JsonException">It was not written here.</exception>
    public static IReadOnlyList<AuditValue> Read(string? values, Func<Guid, string?> person, Func<Guid, byte[], string?> opened)
    {
        if (values is null) return [];
        try
        {
            using var json = JsonDocument.Parse(values);
            return [.. json.RootElement.EnumerateObject().Select(value => new AuditValue(value.Name, Parts(value.Value)))];
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new JsonException("These are no values of the audit log.", e);
        }

        IReadOnlyList<string?> Parts(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Part)] : [Part(value)];

        string? Part(JsonElement part) => part.ValueKind == JsonValueKind.String ? part.GetString()
            : part.TryGetProperty("person", out var pseudonym) ? person(pseudonym.GetGuid())
            : opened(part.GetProperty("of").GetGuid(), part.GetProperty("sealed").GetBytesFromBase64());
    }

    static string Written(Action<Utf8JsonWriter> properties)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    static void WritePart(Utf8JsonWriter json, AuditPart part, IReadOnlyDictionary<long, AuditPerson> persons) => part.Match(
        text => () => json.WriteStringValue(text.Value),
        person => () =>
        {
            json.WriteStartObject();
            json.WriteString("person", persons[person.PersonId].Pseudonym);
            json.WriteEndObject();
        },
        hidden => (Action)(() =>
        {
            var of = persons[hidden.PersonId];
            json.WriteStartObject();
            json.WriteString("of", of.Pseudonym);
            json.WriteBase64String("sealed", of.Seal(hidden.Value));
            json.WriteEndObject();
        }))();
}

/// <param name="Parts">Null stands for what cannot be read any more, because its person was deleted.</param>
public sealed record AuditValue(string Name, IReadOnlyList<string?> Parts);

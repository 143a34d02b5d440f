using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NudgeBot.Governance;

/// <summary>
/// Values as they are stored: an object in the values' order. A text is a string, somebody <c>{"person": pseudonym}</c>, what is private
/// <c>{"of": pseudonym, "sealed": base64}</c>; a value of several parts is an array of these.
/// </summary>
static class AuditJson
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null where there are no values.</returns>
    public static string? Write(AuditValues? values, IReadOnlyDictionary<long, AuditPerson> persons) =>
        Write((values?.All ?? []).Select(value => KeyValuePair.Create(value.Key, Node(value.Value, persons))));

    /// <returns>Null where nobody is named for the first time.</returns>
    public static string? WriteNamed(IReadOnlyList<AuditPerson> persons) =>
        Write(persons.Select(person => KeyValuePair.Create(person.Pseudonym.ToString(), (JsonNode?)person.EmailDigest())));

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

    static string? Write(IEnumerable<KeyValuePair<string, JsonNode?>> properties) =>
        new JsonObject(properties) is { Count: > 0 } json ? json.ToJsonString(Readable) : null;

    static JsonNode? Node(IReadOnlyList<AuditPart> parts, IReadOnlyDictionary<long, AuditPerson> persons)
    {
        var nodes = parts.Select(part => part.Match<JsonNode?>(
            text => text.Value,
            person => new JsonObject { ["person"] = persons[person.PersonId].Pseudonym.ToString() },
            hidden => Sealed(persons[hidden.PersonId], hidden.Value))).ToArray();
        return nodes is [var only] ? only : new JsonArray(nodes);

        static JsonObject Sealed(AuditPerson of, string value) => new() { ["of"] = of.Pseudonym.ToString(), ["sealed"] = Convert.ToBase64String(of.Seal(value)) };
    }
}

/// <param name="Parts">Null stands for what cannot be read any more, because its person was deleted.</param>
public sealed record AuditValue(string Name, IReadOnlyList<string?> Parts);

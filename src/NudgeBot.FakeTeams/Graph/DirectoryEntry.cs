using System.Text.Json.Nodes;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.FakeTeams.Graph;

/// <summary>Somebody in the tenant's directory.</summary>
public sealed class DirectoryEntry
{
    public required Person Person { get; init; }
    public string? Mail { get; set; }

    /// <summary>Other e-mails that reach the same mailbox.</summary>
    public IReadOnlyList<string> Aliases { get; set; } = [];
    public bool Enabled { get; set; } = true;
    public bool Licensed { get; set; } = true;
    public string? Language { get; set; }

    /// <summary>Null: no mailbox.</summary>
    public string? MailboxZone { get; set; } = "W. Europe Standard Time";

    /// <summary>A policy of the tenant keeps the app from this person.</summary>
    public bool AppBlocked { get; set; }

    internal bool Removed { get; set; }

    /// <summary>Of the last change.</summary>
    internal int Version { get; set; }

    /// <summary>As an address of a mailbox or to sign in with, without regard to case.</summary>
    internal bool IsNamed(string email) => new[] { Mail, Person.Upn }.Concat(Aliases).Contains(email, StringComparer.OrdinalIgnoreCase);

    internal JsonObject Shape()
    {
        if (Removed) return new JsonObject { ["id"] = Person.AadObjectId, ["@removed"] = new JsonObject { ["reason"] = "changed" } };
        var shape = new JsonObject
        {
            ["id"] = Person.AadObjectId,
            ["userPrincipalName"] = Person.Upn,
            ["accountEnabled"] = Enabled,
            ["userType"] = Person.IsGuest ? "Guest" : "Member",
            ["assignedPlans"] = new JsonArray(Plan("exchange"), Plan("MicrosoftCommunicationsOnline")),
        };
        // What was never set is not named.
        if (Mail is not null) shape["mail"] = Mail;
        if (Language is not null) shape["preferredLanguage"] = Language;
        if (Mail is not null || Aliases.Count > 0) shape["proxyAddresses"] = new JsonArray([.. Addresses()]);
        if (Licensed) shape["assignedPlans"]!.AsArray().Add(Plan("TeamspaceAPI"));
        return shape;
    }

    IEnumerable<JsonNode?> Addresses() =>
        Aliases.Select(alias => $"smtp:{alias}").Prepend($"SMTP:{Mail}").Prepend("x500:/o=Acme/cn=somebody").Select(address => (JsonNode?)JsonValue.Create(address));

    static JsonObject Plan(string service) => new()
    {
        ["assignedDateTime"] = "2026-01-02T03:04:05Z",
        ["capabilityStatus"] = "Enabled",
        ["service"] = service,
        ["servicePlanId"] = "57ff2da0-773e-42df-b2af-ffb7a2317929",
    };
}

using System.Security.Cryptography.X509Certificates;

namespace NudgeBot.FakeTeams;

/// <summary>The bot as its owner has registered it. Its address can be set later: the bot must know this server before it can start itself.</summary>
public sealed class FakeBot
{
    public string AppId { get; init; } = "3f8b2f9e-5a51-4c0e-9d7b-1f2a3b4c5d6e";
    public string TenantId { get; init; } = "7c1d9a30-2b4e-4f6a-8c0d-9e8f7a6b5c4d";
    public string Name { get; init; } = "NudgeBot";
    public string Secret { get; init; } = "fake-client-secret";

    /// <summary>What client assertions are checked against; null: the secret is the only way in.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Ends with <c>/api/messages</c>, as a rule.</summary>
    public Uri? MessagesUrl { get; set; }

    /// <summary>Its id in conversations.</summary>
    public string Id => $"28:{AppId}";
}

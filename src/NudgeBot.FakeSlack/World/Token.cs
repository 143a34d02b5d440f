using NodaTime;

namespace NudgeBot.FakeSlack.World;

/// <summary>A bot token.</summary>
public sealed class Token
{
    public required string Value { get; init; }
    public required string TeamId { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public Instant? ExpiresAt { get; set; }
    public string? RefreshToken { get; init; }
    public bool Revoked { get; set; }
    public bool RefreshTokenUsed { get; set; }
}

namespace NudgeBot.FakeSlack.World;

public sealed record User
{
    public required string Id { get; init; }
    public required string TeamId { get; init; }
    public required string Name { get; init; }
    public required string RealName { get; init; }
    public string? Email { get; init; }

    /// <summary>IANA.</summary>
    public string Tz { get; init; } = "Europe/Berlin";
    public string Locale { get; init; } = "en-US";
    public bool Deleted { get; init; }
    public bool IsBot { get; init; }

    /// <summary>A guest.</summary>
    public bool IsRestricted { get; init; }
    public bool IsAdmin { get; init; }

    /// <summary>Unix seconds.</summary>
    public long Updated { get; init; }
}

namespace NudgeBot.FakeTeams.World;

public sealed class Person
{
    /// <summary><c>29:...</c>: as this bot knows the person, and no other bot does.</summary>
    public string Id { get; } = Ids.NewPerson();

    public string AadObjectId { get; } = Guid.NewGuid().ToString();
    public required string Name { get; init; }

    /// <summary>Null for people whose tenant shows none.</summary>
    public string? Email { get; init; }
    public required string Upn { get; init; }
    public bool IsGuest { get; init; }
    public string Locale { get; set; } = "en-US";

    /// <summary>IANA; what the Teams client adds to messages.</summary>
    public string Zone { get; set; } = "Europe/Berlin";

    /// <summary>The app is installed for the person alone.</summary>
    public bool Installed { get; internal set; }

    /// <summary>Messages of the bot are blocked by the person.</summary>
    public bool Blocks { get; set; }

    internal string GivenName => Name.Split(' ')[0];
    internal string Surname => Name.Contains(' ') ? Name[(Name.IndexOf(' ') + 1)..] : "";
}

namespace NudgeBot.FakeSlack;

/// <summary>The app as its owner has set it up at Slack. The request URLs can be set later: the app must know this server before it can start itself.</summary>
public sealed class FakeApp
{
    public string Id { get; init; } = "A0FAKEAPP01";
    public string Name { get; init; } = "NudgeBot";
    public string BotName { get; init; } = "nudgebot";
    public string ClientId { get; init; } = "1000000000001.2000000000002";
    public string ClientSecret { get; init; } = "fake-client-secret";
    public string SigningSecret { get; init; } = "fake-signing-secret";
    public string VerificationToken { get; init; } = "fake-verification-token";

    /// <summary>For <c>apps.connections.open</c>.</summary>
    public string AppToken { get; init; } = "xapp-1-A0FAKEAPP01-3000000000003-fake";

    /// <summary>Bot tokens expire after twelve hours and come with a refresh token.</summary>
    public bool RotatesTokens { get; init; }

    /// <summary>What is granted where nothing else is asked for.</summary>
    public IReadOnlyList<string> Scopes { get; init; } =
    [
        "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands", "files:read",
        "im:history", "im:read", "im:write", "users:read", "users:read.email",
    ];

    /// <summary>Slash commands, for the page: whatever else begins with a slash Slack refuses.</summary>
    public IReadOnlyList<AppCommand> Commands { get; init; } = [];

    /// <summary>What stands in the menu of a message, for the page.</summary>
    public IReadOnlyList<AppShortcut> MessageShortcuts { get; init; } = [];

    public Uri? EventsUrl { get; set; }
    public Uri? InteractivityUrl { get; set; }
    public Uri? CommandsUrl { get; set; }
    public Uri? OptionsUrl { get; set; }

    /// <summary>Everything goes over the app's web sockets instead of to its URLs.</summary>
    public bool UsesSocketMode { get; set; }

    /// <summary>Messages in channels that the bot is in are told too, not only direct ones and mentions.</summary>
    public bool HearsChannels { get; set; }
}

/// <param name="Name">With its slash.</param>
public sealed record AppCommand(string Name, string Hint);

public sealed record AppShortcut(string CallbackId, string Name);

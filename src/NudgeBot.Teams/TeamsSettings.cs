namespace NudgeBot.Teams;

/// <summary>The bot as it was registered, and where Microsoft's services are.</summary>
public sealed record TeamsSettings
{
    /// <summary>The bot's id at Microsoft, and the audience of the tokens that come in.</summary>
    public required string AppId { get; init; }

    /// <summary>Where the bot is registered: tokens are asked for there, and activities of other tenants are refused.</summary>
    public required string TenantId { get; init; }

    /// <summary>Null: nothing is sent with a token, which only <see cref="TrustsEverybody"/> allows.</summary>
    public TeamsCredential? Credential { get; init; }

    /// <summary>Where the keys of incoming tokens are found.</summary>
    public Uri OpenIdMetadata { get; init; } = new("https://login.botframework.com/v1/.well-known/openidconfiguration");

    public Uri LoginAuthority { get; init; } = new("https://login.microsoftonline.com/");

    public Uri GraphUrl { get; init; } = new("https://graph.microsoft.com/v1.0/");

    /// <summary>Whether people are read from Microsoft Graph.</summary>
    public bool UsesGraph { get; init; }

    /// <summary>
    /// The app's id in the tenant's catalog, by which Graph installs it for those who have something coming. It is not the id in the app's manifest, and
    /// Graph does not find it for a program, only for an admin. Null: nobody gets the app by itself.
    /// </summary>
    public string? CatalogApp { get; init; }

    /// <summary>Whether the app is installed for people.</summary>
    public bool Installs => UsesGraph && CatalogApp is not null;

    /// <summary>A message that Teams may have taken is sent again. It may then be there twice.</summary>
    public bool RetriesAmbiguous { get; init; }

    /// <summary>Messages a second and tenant that nobody waits for. Microsoft's documents say 30 and 50.</summary>
    public double BulkPerSecond { get; init; } = 25;

    /// <summary>How many times Teams' limits; above 1 only against a test server.</summary>
    public double LimitsTimes { get; init; } = 1;

    /// <summary>Host names to which the bot's token may be sent besides those of Teams, and from which files are read, for a cloud or a relay that is not known here.</summary>
    public IReadOnlyList<string> OtherServiceHosts { get; init; } = [];

    /// <summary>Activities without a token are taken: only in development, and only from this machine.</summary>
    public bool TrustsEverybody { get; init; }

    /// <summary>
    /// Whether a button can open a dialog. Not in the Agents Playground, the one client that needs no token: there a press on such a button is nothing, so that
    /// forms are cards in the chat.
    /// </summary>
    public bool HasDialogs => !TrustsEverybody;

    /// <summary>The bot as conversations know it.</summary>
    public string BotId => $"28:{AppId}";
}

/// <summary>The closed set of ways to prove that the bot is itself.</summary>
public abstract record TeamsCredential
{
    TeamsCredential() { }

    public sealed record Secret(string Value) : TeamsCredential
    {
        /// <summary>Without the secret: records print what they hold.</summary>
        public override string ToString() => nameof(Secret);
    }

    /// <param name="Path">Of a PEM or PKCS #12 file with the private key.</param>
    public sealed record Certificate(string Path) : TeamsCredential;

    /// <param name="ClientId">Null: the machine's own identity, else a user-assigned one.</param>
    public sealed record ManagedIdentity(string? ClientId) : TeamsCredential;

    public T Match<T>(Func<Secret, T> secret, Func<Certificate, T> certificate, Func<ManagedIdentity, T> managedIdentity) => this switch
    {
        Secret c => secret(c),
        Certificate c => certificate(c),
        ManagedIdentity c => managedIdentity(c),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}

using NodaTime;

namespace NudgeBot.Teams.Inbound;

/// <summary>
/// Whether a token is the Bot Framework's, for this bot and valid now. The rules are those of the Bot Connector's authentication, and where those leave a choice
/// the narrower one: there is one algorithm, and a key only from where Microsoft publishes its own.
/// </summary>
/// <param name="time">The wire clock.</param>
sealed class BotFrameworkTokens(string appId, SigningKeys keys, TimeProvider time)
{
    public const string Issuer = "https://api.botframework.com";

    /// <summary>How far Microsoft's clock and this one may be apart, either way.</summary>
    static readonly Duration Skew = Duration.FromMinutes(5);

    const string Scheme = "Bearer ";

    /// <param name="authorization">The request's header.</param>
    public async Task<TokenVerdict> CheckAsync(string authorization, CancellationToken cancellation)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return new TokenVerdict.Refused(Refusal.NoToken);
        if (JsonWebToken.Parse(authorization[Scheme.Length..]) is not { } token) return new TokenVerdict.Refused(Refusal.MalformedToken);
        // All that needs no key comes first: what is plainly not for this bot makes nobody ask Microsoft for keys.
        if (Claimed(token) is { } wrong) return new TokenVerdict.Refused(wrong);
        if (await keys.FindAsync(token.KeyId, cancellation) is not { } key) return new TokenVerdict.Refused(keys.HasAny ? Refusal.UnknownKey : Refusal.NoKeys);
        return key.HasSigned(token.Signed, token.Signature) ? new TokenVerdict.Proven(token.ServiceUrl, key.Endorsements) : new TokenVerdict.Refused(Refusal.WrongSignature);
    }

    Refusal? Claimed(JsonWebToken token)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return token.Algorithm != "RS256" ? Refusal.WrongAlgorithm
            : token.Issuer != Issuer ? Refusal.WrongIssuer
            : token.Audience != appId ? Refusal.WrongAudience
            : token.NotBefore > now + Skew ? Refusal.NotYetValid
            : token.Expires <= now - Skew ? Refusal.Expired
            : null;
    }
}

abstract record TokenVerdict
{
    TokenVerdict() { }

    /// <param name="ServiceUrl">Where the Bot Framework says that its answers are taken.</param>
    /// <param name="Endorsements">The channels for which the key may sign.</param>
    public sealed record Proven(string ServiceUrl, IReadOnlySet<string> Endorsements) : TokenVerdict;

    public sealed record Refused(Refusal Why) : TokenVerdict;
}

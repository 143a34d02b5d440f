using Microsoft.AspNetCore.Http;

namespace NudgeBot.Teams.Inbound;

/// <summary>Why somebody may not speak to the bot.</summary>
enum Refusal
{
    NoToken,
    MalformedToken,
    WrongAlgorithm,
    WrongIssuer,
    WrongAudience,
    NotYetValid,
    Expired,
    NoKeys,
    UnknownKey,
    WrongSignature,
    NotThisMachine,
    OtherChannel,
    KeyNotEndorsed,
    OtherServiceUrl,
    ForeignServiceUrl,
    OtherTenant,
}

static class Refusals
{
    /// <summary>One word for the log.</summary>
    public static string Word(this Refusal refusal) => refusal switch
    {
        Refusal.NoToken => "no-token",
        Refusal.MalformedToken => "malformed-token",
        Refusal.WrongAlgorithm => "wrong-algorithm",
        Refusal.WrongIssuer => "wrong-issuer",
        Refusal.WrongAudience => "wrong-audience",
        Refusal.NotYetValid => "not-yet-valid",
        Refusal.Expired => "expired",
        Refusal.NoKeys => "no-keys",
        Refusal.UnknownKey => "unknown-key",
        Refusal.WrongSignature => "wrong-signature",
        Refusal.NotThisMachine => "not-this-machine",
        Refusal.OtherChannel => "other-channel",
        Refusal.KeyNotEndorsed => "key-not-endorsed",
        Refusal.OtherServiceUrl => "other-service-url",
        Refusal.ForeignServiceUrl => "foreign-service-url",
        Refusal.OtherTenant => "other-tenant",
    };

    /// <summary>401 for who has not shown to be the Bot Framework, 403 for what it is not meant to bring.</summary>
    public static int Status(this Refusal refusal) => refusal switch
    {
        Refusal.NoToken or Refusal.MalformedToken or Refusal.WrongAlgorithm or Refusal.WrongIssuer or Refusal.WrongAudience or Refusal.NotYetValid or Refusal.Expired
            or Refusal.NoKeys or Refusal.UnknownKey or Refusal.WrongSignature => StatusCodes.Status401Unauthorized,
        Refusal.NotThisMachine or Refusal.OtherChannel or Refusal.KeyNotEndorsed or Refusal.OtherServiceUrl or Refusal.ForeignServiceUrl
            or Refusal.OtherTenant => StatusCodes.Status403Forbidden,
    };
}

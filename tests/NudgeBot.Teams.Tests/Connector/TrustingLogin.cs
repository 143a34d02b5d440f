using NudgeBot.FakeTeams;
using NudgeBot.Teams.Connector;

namespace NudgeBot.Teams.Tests.Connector;

/// <summary>Trusts what the fake login shows, and nobody else.</summary>
static class TrustingLogin
{
    public static LoginHttp Of(FakeTeamsServer server) => new(new HttpClient(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == server.Certificate.GetCertHashString() },
    }));
}

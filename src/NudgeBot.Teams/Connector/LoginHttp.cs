using Microsoft.Identity.Client;

namespace NudgeBot.Teams.Connector;

/// <summary>One client for Microsoft's login. It is not the one for Teams: Microsoft's library sets headers of its own on it.</summary>
sealed class LoginHttp(HttpClient http) : IMsalHttpClientFactory
{
    public HttpClient GetHttpClient() => http;
}

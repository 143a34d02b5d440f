using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Http;

namespace NudgeBot.Hangfire;

/// <summary>
/// Lets in who asks from this machine and knows the secret, given as the password of HTTP's basic authentication (any user name). Without a
/// secret in the settings nobody gets in. To be replaced by the dashboard's sign-in when admins have one.
/// </summary>
sealed class DashboardGate(string? secret) : IDashboardAuthorizationFilter
{
    public const string Setting = "NUDGEBOT_JOBS_SECRET";

    public bool Authorize(DashboardContext context) => Admits(context.GetHttpContext());

    bool Admits(HttpContext http)
    {
        if (string.IsNullOrEmpty(secret) || http.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address)) return false;
        if (Password(http.Request.Headers.Authorization) is { } password && AreEqual(password, secret)) return true;
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"NudgeBot: jobs\"";
        return false;
    }

    static string? Password(string? header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || !"Basic".Equals(value.Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[value.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(value.Parameter ?? "", bytes, out var length)) return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }

    /// <summary>In constant time, whatever their lengths: hashes are equally long.</summary>
    static bool AreEqual(string one, string other) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}

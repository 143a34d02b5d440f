using System.Net;
using System.Text.Json;

namespace NudgeBot.Teams.Inbound;

/// <summary>The keys that Microsoft publishes: an OpenID document names where they are, and there they are.</summary>
sealed class PublishedKeys
{
    /// <summary>Some tens of keys with their certificates are far below it.</summary>
    const int LongestAnswer = 1024 * 1024;

    /// <summary>For both documents together; somebody's message waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly HttpClient _http;
    readonly TimeProvider _time;

    /// <param name="time">The wire clock.</param>
    /// <exception cref="SettingException">The keys would come over a line on which anybody can put in others.</exception>
    public PublishedKeys(HttpClient http, Uri metadata, TimeProvider time)
    {
        if (!IsSafe(metadata, onThisMachine: true)) throw new SettingException("The address of the Bot Framework's OpenID metadata must begin with https, or be on this machine.");
        (_http, Metadata, _time) = (http, metadata, time);
    }

    public Uri Metadata { get; }

    /// <summary>A redirect would leave the choice of the keys to whoever redirects.</summary>
    public static HttpClient Client() => new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(3), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <exception cref="UnusableKeysException">What came is of no use.</exception>
    /// <exception cref="HttpRequestException">Nothing came, or too much.</exception>
    /// <exception cref="OperationCanceledException">Nothing came in time.</exception>
    public async Task<KeySet> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Patience, _time);
        var address = await GetAsync(Metadata, AddressOfKeys, deadline.Token);
        return await GetAsync(address, KeySet.Read, deadline.Token);
    }

    Uri AddressOfKeys(JsonElement document)
    {
        if (Text(document, "issuer") != BotFrameworkTokens.Issuer) throw new UnusableKeysException($"its issuer is not {BotFrameworkTokens.Issuer}");
        return Uri.TryCreate(Text(document, "jwks_uri"), UriKind.Absolute, out var address) && IsSafe(address, Metadata.IsLoopback)
            ? address
            : throw new UnusableKeysException("its jwks_uri is no https address");
    }

    static bool IsSafe(Uri address, bool onThisMachine) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (onThisMachine && address.IsLoopback && address.Scheme == Uri.UriSchemeHttp));

    async Task<T> GetAsync<T>(Uri address, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(address, cancellation);
        if (answer.StatusCode != HttpStatusCode.OK) throw new UnusableKeysException($"{address} answers {(int)answer.StatusCode}");
        try
        {
            using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is what a string that is no valid Unicode comes to.
            throw new UnusableKeysException($"{address} answers no valid JSON");
        }
    }

    static string? Text(JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <param name="reason">Follows the address of the metadata and a colon.</param>
sealed class UnusableKeysException(string reason) : Exception(reason);

using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NudgeBot.FakeTeams.Identity;

/// <summary>A key of the Bot Framework. Making one takes long: all servers of a process share them.</summary>
sealed class SigningKey
{
    static readonly ConcurrentDictionary<int, Lazy<SigningKey>> Made = [];

    readonly RSA _rsa = RSA.Create(2048);

    public string Id { get; } = World.Ids.Secret(20);

    public static SigningKey Of(int generation) => Made.GetOrAdd(generation, _ => new Lazy<SigningKey>(() => new SigningKey())).Value;

    public string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = Id, ["x5t"] = Id, ["typ"] = "JWT" };
        var signed = $"{Part(header)}.{Part(claims)}";
        lock (_rsa) return $"{signed}.{Base64Url.EncodeToString(_rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public JsonObject Published(IEnumerable<string> endorsements)
    {
        RSAParameters key;
        lock (_rsa) key = _rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = Id,
            ["x5t"] = Id,
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
            ["endorsements"] = new JsonArray([.. endorsements.Select(channel => (JsonNode)channel)]),
        };
    }

    static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NudgeBot.Teams.Tests.Inbound;

/// <summary>A key that signs tokens. Making one takes long: tests share them.</summary>
sealed class TestKey(string id, int bits = 2048)
{
    public static readonly TestKey One = new("one");
    public static readonly TestKey Two = new("two");
    public static readonly TestKey Weak = new("weak", 1024);

    readonly Lazy<RSA> _rsa = new(() => RSA.Create(bits));

    public string Id => id;

    public byte[] PublicPem => Encoding.ASCII.GetBytes(_rsa.Value.ExportSubjectPublicKeyInfoPem());

    public JsonObject Published(params string[] endorsements)
    {
        var key = _rsa.Value.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = id,
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
            ["endorsements"] = new JsonArray([.. (endorsements is [] ? ["msteams"] : endorsements).Select(channel => (JsonNode)channel)]),
        };
    }

    public string Sign(string header, string claims) => Sign(Part(header), Part(claims), RSASignaturePadding.Pkcs1);

    public string Sign(string header, string claims, RSASignaturePadding padding)
    {
        lock (_rsa) return $"{header}.{claims}.{Base64Url.EncodeToString(_rsa.Value.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, padding))}";
    }

    public static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}

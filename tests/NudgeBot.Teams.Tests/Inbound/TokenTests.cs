using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.Tests.Inbound;

public class TokenTests
{
    [Fact]
    public void The_vector_of_RFC_7515_A2_is_signed_by_its_key_and_nothing_near_it_is()
    {
        using var published = System.Text.Json.JsonDocument.Parse("""
            {"kty":"RSA","kid":"a2","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}
            """);
        var key = SigningKey.Read(published.RootElement).ShouldNotBeNull();
        var signed = Encoding.ASCII.GetBytes("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ");
        var signature = StrictBase64.Decode("cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw").ShouldNotBeNull();

        key.HasSigned(signed, signature).ShouldBeTrue();
        foreach (var bit in Enumerable.Range(0, signature.Length))
        {
            var other = signature.ToArray();
            other[bit] ^= 1;
            key.HasSigned(signed, other).ShouldBeFalse();
        }
        key.HasSigned(signed[..^1], signature).ShouldBeFalse();
        key.HasSigned(signed, signature[..^1]).ShouldBeFalse();
        key.HasSigned(signed, [0, .. signature]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_of_the_Bot_Framework_for_this_bot_is_taken()
    {
        await using var gate = await Gate.OpenAsync();
        (await gate.RefusesAsync(gate.Token())).ShouldBeNull();
        (await gate.RefusesAsync(gate.Token(claims => claims["aud"] = new JsonArray(Gate.AppId)))).ShouldBeNull();
        (await gate.RefusesAsync(gate.Token(header: header => header.Remove("typ")))).ShouldBeNull();
        (await gate.RefusesAsync(gate.Token(header: header => header["x5t"] = "one"))).ShouldBeNull();
        gate.Log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_bearer_token_nobody_is_let_in()
    {
        await using var gate = await Gate.OpenAsync();
        var token = gate.Token();
        (await gate.RefusesAsync(null)).ShouldBe("401 no-token");
        foreach (var header in (string[])["", "Bearer", token, $"Basic {token}", $"Bearer{token}", $" Bearer {token}"])
            (await gate.RefusesAsync(null, request: http => http.Request.Headers.Authorization = header)).ShouldBe("401 no-token", header);
        (await gate.RefusesAsync("")).ShouldBe("401 malformed-token");
        (await gate.RefusesAsync(null, request: http => http.Request.Headers.Authorization = new([$"Bearer {token}", $"Bearer {token}"]))).ShouldBe("401 malformed-token");
        gate.Published.MetadataReads.ShouldBe(0);
    }

    [Fact]
    public async Task Only_RS256_signs()
    {
        await using var gate = await Gate.OpenAsync();
        foreach (var name in (string[])["none", "None", "HS256", "HS384", "PS256", "RS384", "RS512", "ES256", "rs256", "RS256 ", "EdDSA"])
            (await gate.RefusesAsync(gate.Token(header: header => header["alg"] = name))).ShouldBe("401 wrong-algorithm", name);

        var unsigned = $"{TestKey.Part("""{"typ":"JWT","alg":"none","kid":"one"}""")}.{TestKey.Part(gate.Claims().ToJsonString())}.";
        (await gate.RefusesAsync(unsigned)).ShouldBe("401 wrong-algorithm");

        // The public key, which everybody has, as the secret of an HMAC.
        var signed = $"{TestKey.Part("""{"typ":"JWT","alg":"HS256","kid":"one"}""")}.{TestKey.Part(gate.Claims().ToJsonString())}";
        var mac = Base64Url.EncodeToString(HMACSHA256.HashData(TestKey.One.PublicPem, Encoding.ASCII.GetBytes(signed)));
        (await gate.RefusesAsync($"{signed}.{mac}")).ShouldBe("401 wrong-algorithm");

        // PSS under the name of RS256.
        var pss = TestKey.One.Sign(TestKey.Part(gate.Header().ToJsonString()), TestKey.Part(gate.Claims().ToJsonString()), RSASignaturePadding.Pss);
        (await gate.RefusesAsync(pss)).ShouldBe("401 wrong-signature");
    }

    [Fact]
    public async Task A_signature_must_be_of_this_token_and_by_the_key_it_names()
    {
        await using var gate = await Gate.OpenAsync();
        gate.Published.Publish(TestKey.One.Published(), TestKey.Two.Published());
        (await gate.RefusesAsync(gate.Token(key: TestKey.Two))).ShouldBeNull();
        (await gate.RefusesAsync(gate.Token(key: TestKey.Two, named: TestKey.One))).ShouldBe("401 wrong-signature");

        var (mine, other) = (gate.Token().Split('.'), gate.Token(claims => claims["extra"] = 1).Split('.'));
        (await gate.RefusesAsync($"{mine[0]}.{other[1]}.{mine[2]}")).ShouldBe("401 wrong-signature");
        (await gate.RefusesAsync($"{mine[0]}.{mine[1]}.")).ShouldBe("401 wrong-signature");

        // A key that the token brings along itself is nobody's.
        (await gate.RefusesAsync(gate.Token(header: header => header["jwk"] = TestKey.Weak.Published(), key: TestKey.Weak, named: TestKey.One))).ShouldBe("401 wrong-signature");
    }

    [Theory]
    [InlineData("iss", "https://api.botframework.us", "401 wrong-issuer")]
    [InlineData("iss", "https://api.botframework.com/", "401 wrong-issuer")]
    [InlineData("iss", "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", "401 wrong-issuer")]
    [InlineData("aud", "5d1f3a52-6f0e-4b5a-9a55-4a7c2a5b9d11", "401 wrong-audience")]
    [InlineData("aud", "https://api.botframework.com", "401 wrong-audience")]
    [InlineData("serviceurl", "https://smba.trafficmanager.net/amer/", "403 other-service-url")]
    [InlineData("serviceurl", "https://smba.trafficmanager.net/emea", "403 other-service-url")]
    public async Task A_wrong_claim_refuses(string claim, string value, string refusal)
    {
        await using var gate = await Gate.OpenAsync();
        (await gate.RefusesAsync(gate.Token(claims => claims[claim] = value))).ShouldBe(refusal);
    }

    [Theory]
    [InlineData("iss", "null")]
    [InlineData("iss", "\"\"")]
    [InlineData("iss", "[\"https://api.botframework.com\"]")]
    [InlineData("aud", "5")]
    [InlineData("aud", "[]")]
    [InlineData("aud", "[\"5d1f3a52-6f0e-4b5a-9a55-4a7c2a5b9d10\",\"another\"]")]
    [InlineData("aud", "[[\"5d1f3a52-6f0e-4b5a-9a55-4a7c2a5b9d10\"]]")]
    [InlineData("aud", "{\"0\":\"5d1f3a52-6f0e-4b5a-9a55-4a7c2a5b9d10\"}")]
    [InlineData("exp", "\"1773046800\"")]
    [InlineData("exp", "1773046800.5")]
    [InlineData("exp", "1e400")]
    [InlineData("exp", "99999999999999999999")]
    [InlineData("exp", "9223372036854775807")]
    [InlineData("exp", "-1")]
    [InlineData("exp", "true")]
    [InlineData("nbf", "null")]
    [InlineData("nbf", "\"0\"")]
    [InlineData("nbf", "-9223372036854775808")]
    [InlineData("serviceurl", "{}")]
    [InlineData("serviceurl", "\"\\ud800\"")]
    public async Task A_claim_of_another_type_refuses(string claim, string json)
    {
        await using var gate = await Gate.OpenAsync();
        var claims = gate.Claims();
        claims[claim] = "here";
        var token = TestKey.One.Sign(gate.Header().ToJsonString(), claims.ToJsonString().Replace("\"here\"", json));
        (await gate.RefusesAsync(token)).ShouldBe("401 malformed-token");
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("serviceurl")]
    [InlineData("nbf")]
    [InlineData("exp")]
    public async Task Every_claim_must_be_there_and_once(string claim)
    {
        await using var gate = await Gate.OpenAsync();
        (await gate.RefusesAsync(gate.Token(claims => claims.Remove(claim)))).ShouldBe("401 malformed-token");

        var value = gate.Claims()[claim]!.ToJsonString();
        var twice = gate.Claims().ToJsonString()[..^1] + $",\"{claim}\":{value}}}";
        (await gate.RefusesAsync(TestKey.One.Sign(gate.Header().ToJsonString(), twice))).ShouldBe("401 malformed-token");
        // The same name, spelled otherwise.
        var escaped = gate.Claims().ToJsonString()[..^1] + $",\"\\u{(int)claim[0]:x4}{claim[1..]}\":{value}}}";
        (await gate.RefusesAsync(TestKey.One.Sign(gate.Header().ToJsonString(), escaped))).ShouldBe("401 malformed-token");
    }

    [Fact]
    public async Task A_header_must_be_plain()
    {
        await using var gate = await Gate.OpenAsync();
        foreach (var change in (Action<JsonObject>[])
        [
            header => header.Remove("alg"),
            header => header.Remove("kid"),
            header => header["kid"] = 1,
            header => header["kid"] = "",
            header => header["alg"] = new JsonArray("RS256"),
            header => header["typ"] = "at+jwt",
            header => header["typ"] = 1,
            header => header["crit"] = new JsonArray("exp"),
            header => header["crit"] = new JsonArray(),
        ])
            (await gate.RefusesAsync(gate.Token(header: change))).ShouldBe("401 malformed-token");
        (await gate.RefusesAsync(TestKey.One.Sign("""{"alg":"RS256","kid":"one","alg":"RS256"}""", gate.Claims().ToJsonString()))).ShouldBe("401 malformed-token");
        (await gate.RefusesAsync(TestKey.One.Sign("""{"alg":"RS256","kid":"one","\ud800":1}""", gate.Claims().ToJsonString()))).ShouldBe("401 malformed-token");
        foreach (var json in (string[])["", "null", "[]", "\"x\"", "{", "{}{}", "{\"alg\":\"RS256\",\"kid\":\"one\",}", "{\"a\":{\"b\":{\"c\":{\"d\":{}}}}}"])
        {
            (await gate.RefusesAsync(TestKey.One.Sign(json, gate.Claims().ToJsonString()))).ShouldBe("401 malformed-token", json);
            (await gate.RefusesAsync(TestKey.One.Sign(gate.Header().ToJsonString(), json))).ShouldBe("401 malformed-token", json);
        }
    }

    [Theory]
    [InlineData("exp", -5 * 60, "401 expired")]
    [InlineData("exp", (-5 * 60) + 1, null)]
    [InlineData("exp", 0, null)]
    [InlineData("nbf", 5 * 60, null)]
    [InlineData("nbf", (5 * 60) + 1, "401 not-yet-valid")]
    public async Task Clocks_may_be_five_minutes_apart(string claim, int seconds, string? refusal)
    {
        await using var gate = await Gate.OpenAsync();
        (await gate.RefusesAsync(gate.Token(claims => claims[claim] = gate.Now + seconds))).ShouldBe(refusal);
    }

    [Fact]
    public async Task A_token_has_three_parts_in_canonical_base64url_and_nothing_else()
    {
        await using var gate = await Gate.OpenAsync();
        var token = gate.Token();
        var parts = token.Split('.');
        var last = parts[2][^1];
        // 256 bytes leave four bits of the last letter unused: they must be zero.
        var loose = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".IndexOf(last)) + 1];
        string[] malformed =
        [
            token[..^1], token[..^2], token[..(token.Length / 2)], $"{token}.", $".{token}", $"{token}.{parts[2]}", $"{parts[0]}.{parts[1]}", parts[0], "..", ".",
            $" {token}", $"{token} ", $"{token}\n", $"{parts[0]}.{parts[1]} .{parts[2]}", $"{parts[0]}\t.{parts[1]}.{parts[2]}",
            $"{token}=", $"{token}==", $"{token}A", token[..^1] + loose, $"{parts[0]}.{parts[1]}.+/{parts[2][2..]}", $"{parts[0]}.{parts[1]}.é{parts[2][1..]}",
            $"{token},{token}", new string('A', JsonWebToken.Longest + 1), $"{parts[0]}.{parts[1]}.{new string('A', JsonWebToken.Longest)}", new string('.', JsonWebToken.Longest),
        ];
        foreach (var other in malformed) (await gate.RefusesAsync(other)).ShouldNotBeNull(other);
        // One character less is cut out of the signature only: still no token.
        foreach (var other in malformed.Where(other => other.Length < JsonWebToken.Longest)) JsonWebToken.Parse(other)?.Signature.Length.ShouldNotBe(256, other);
        (await gate.RefusesAsync(gate.Token(claims => claims["padding"] = new string('x', JsonWebToken.Longest)))).ShouldBe("401 malformed-token");
        (await gate.RefusesAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task No_character_of_a_token_can_be_another()
    {
        await using var gate = await Gate.OpenAsync();
        var token = gate.Token();
        (await gate.RefusesAsync(token)).ShouldBeNull();
        var random = new Random(7);
        for (var at = 0; at < token.Length; at++)
        {
            // A bit, a neighbour in the alphabet, and anything at all.
            foreach (var other in (char[])[(char)(token[at] ^ 1), (char)(token[at] ^ 0x20), (char)random.Next(1, 0x250)])
            {
                if (other == token[at]) continue;
                (await gate.RefusesAsync($"{token[..at]}{other}{token[(at + 1)..]}")).ShouldNotBeNull($"{other} ({(int)other}) in place of {token[at]} at {at.ToString(CultureInfo.InvariantCulture)}");
            }
        }
    }

    [Fact]
    public async Task A_refusal_logs_its_reason_and_nothing_of_the_token()
    {
        await using var gate = await Gate.OpenAsync();
        var token = gate.Token(claims => claims["aud"] = "somebody-else");
        await gate.RefusesAsync(token);
        gate.Log.Lines.ShouldBe(["Warning: An activity was refused: wrong-audience."]);
    }
}

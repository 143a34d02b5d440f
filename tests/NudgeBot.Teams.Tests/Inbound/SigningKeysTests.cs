using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.Tests.Inbound;

public class SigningKeysTests
{
    [Fact]
    public async Task Keys_are_read_once_a_day()
    {
        await using var gate = await Gate.OpenAsync();
        for (var i = 0; i < 5; i++) (await gate.RefusesAsync(gate.Token())).ShouldBeNull();
        gate.Time.Move(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await gate.RefusesAsync(gate.Token())).ShouldBeNull();
        gate.Published.MetadataReads.ShouldBe(1);
        gate.Time.Move(TimeSpan.FromSeconds(1));
        (await gate.RefusesAsync(gate.Token())).ShouldBeNull();
        gate.Published.MetadataReads.ShouldBe(2);
        gate.Published.KeyReads.ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_key_has_them_read_once_and_not_again_for_five_minutes()
    {
        await using var gate = await Gate.OpenAsync();
        (await gate.RefusesAsync(gate.Token())).ShouldBeNull();
        for (var i = 0; i < 20; i++)
            (await gate.RefusesAsync(gate.Token(header: header => header["kid"] = $"invented-{i}"))).ShouldBe("401 unknown-key");
        gate.Published.KeyReads.ShouldBe(2);

        gate.Time.Move(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await gate.RefusesAsync(gate.Token(key: TestKey.Two))).ShouldBe("401 unknown-key");
        gate.Published.KeyReads.ShouldBe(2);
        gate.Time.Move(TimeSpan.FromSeconds(1));
        (await gate.RefusesAsync(gate.Token(key: TestKey.Two))).ShouldBe("401 unknown-key");
        gate.Published.KeyReads.ShouldBe(3);
    }

    [Fact]
    public async Task A_thousand_at_once_have_them_read_once()
    {
        await using var gate = await Gate.OpenAsync();
        var release = new TaskCompletionSource();
        var answer = gate.Published.Keys;
        gate.Published.Keys = async http =>
        {
            await release.Task;
            await answer(http);
        };
        var token = gate.Token();
        var invented = gate.Token(header: header => header["kid"] = "invented");
        var asked = Enumerable.Range(0, 1000).Select(i => gate.RefusesAsync(i % 2 == 0 ? token : invented)).ToList();
        release.SetResult();
        (await Task.WhenAll(asked)).Where((_, i) => i % 2 == 0).ShouldAllBe(refusal => refusal == null);
        // The first reading is for everybody; one more is for the ids that it did not bring.
        gate.Published.KeyReads.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_new_key_is_taken_at_once_and_an_old_one_no_longer()
    {
        await using var gate = await Gate.OpenAsync();
        (await gate.RefusesAsync(gate.Token())).ShouldBeNull();
        gate.Published.Publish(TestKey.Two.Published());
        (await gate.RefusesAsync(gate.Token(key: TestKey.Two))).ShouldBeNull();
        (await gate.RefusesAsync(gate.Token())).ShouldBe("401 unknown-key");
    }

    public static TheoryData<string> Outages => ["down", "slow", "dripping", "huge", "error", "redirect", "html", "other-issuer", "no-keys", "duplicate-field", "no-unicode"];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Nothing_is_taken_without_keys_and_all_is_well_when_they_come(string outage)
    {
        await using var gate = await Gate.OpenAsync();
        var (metadata, keys) = (gate.Published.Metadata, gate.Published.Keys);
        Break(gate, outage);
        (await gate.RefusesAsync(gate.Token())).ShouldBe("401 no-keys");
        (await gate.RefusesAsync(gate.Token())).ShouldBe("401 no-keys");
        gate.Published.MetadataReads.ShouldBe(1);
        gate.Log.All.ShouldContain("Error: The keys of Teams' tokens cannot be read");

        (gate.Published.Metadata, gate.Published.Keys) = (metadata, keys);
        gate.Time.Move(TimeSpan.FromSeconds(10));
        (await gate.RefusesAsync(gate.Token())).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Old_keys_stay_in_use_while_there_are_no_new_ones(string outage)
    {
        await using var gate = await Gate.OpenAsync();
        (await gate.RefusesAsync(gate.Token())).ShouldBeNull();
        gate.Time.Move(TimeSpan.FromHours(25));
        var (metadata, keys) = (gate.Published.Metadata, gate.Published.Keys);
        Break(gate, outage);

        for (var i = 0; i < 3; i++) (await gate.RefusesAsync(gate.Token())).ShouldBeNull();
        (await gate.RefusesAsync(gate.Token(key: TestKey.Two))).ShouldBe("401 unknown-key");
        gate.Published.MetadataReads.ShouldBe(2);
        gate.Log.Lines.Count(line => line.StartsWith("Warning: The keys of Teams' tokens cannot be read")).ShouldBe(1);
        gate.Log.All.ShouldContain("Those of 2026-03-09T08:00:00Z stay in use.");

        (gate.Published.Metadata, gate.Published.Keys) = (metadata, keys);
        gate.Time.Move(TimeSpan.FromMinutes(5));
        gate.Published.Publish(TestKey.Two.Published());
        (await gate.RefusesAsync(gate.Token(key: TestKey.Two))).ShouldBeNull();
    }

    static void Break(Gate gate, string outage)
    {
        var published = gate.Published;
        switch (outage)
        {
            case "down":
                published.Metadata = http =>
                {
                    http.Abort();
                    return Task.CompletedTask;
                };
                break;
            case "slow":
                published.Metadata = http =>
                {
                    gate.Time.Move(PublishedKeys.Patience);
                    return Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                };
                break;
            case "dripping":
                published.Keys = async http =>
                {
                    for (var second = 0; !http.RequestAborted.IsCancellationRequested && second < 60; second++)
                    {
                        await http.Response.WriteAsync(" ", http.RequestAborted);
                        await http.Response.Body.FlushAsync(http.RequestAborted);
                        gate.Time.Move(TimeSpan.FromSeconds(1));
                    }
                };
                break;
            case "huge": published.Metadata = http => http.Response.WriteAsync(new string(' ', 2 * 1024 * 1024) + published.GoodMetadata); break;
            case "error":
                published.Keys = http =>
                {
                    http.Response.StatusCode = 503;
                    return Task.CompletedTask;
                };
                break;
            case "redirect":
                published.Metadata = http =>
                {
                    http.Response.Redirect(new Uri(published.Address, "moved").ToString());
                    return Task.CompletedTask;
                };
                break;
            case "html": published.Metadata = http => http.Response.WriteAsync("<html><body>Sign in to the hotel's network</body></html>"); break;
            case "other-issuer": published.Metadata = http => http.Response.WriteAsJsonAsync(new JsonObject { ["issuer"] = "https://login.example.com", ["jwks_uri"] = new Uri(published.Address, "keys").ToString() }); break;
            case "no-keys": published.Publish(); break;
            case "duplicate-field": published.Keys = http => http.Response.WriteAsync("""{"keys":[],"keys":[]}"""); break;
            case "no-unicode": published.Metadata = http => http.Response.WriteAsync("""{"issuer":"\ud800"}"""); break;
            default: throw new ArgumentOutOfRangeException(nameof(outage), outage, "No such outage.");
        }
    }

    [Fact]
    public async Task Keys_that_are_no_good_are_left_out_and_the_others_are_used()
    {
        await using var gate = await Gate.OpenAsync();
        JsonObject Two(Action<JsonObject> change)
        {
            var key = TestKey.Two.Published();
            change(key);
            return key;
        }
        JsonNode?[] useless =
        [
            null, 5, "x", new JsonArray(), new JsonObject(), TestKey.Weak.Published(),
            Two(key => key["kty"] = "EC"), Two(key => key["kty"] = "oct"), Two(key => key.Remove("kty")), Two(key => key.Remove("kid")), Two(key => key["kid"] = 7),
            Two(key => key["use"] = "enc"), Two(key => key["alg"] = "PS256"), Two(key => key.Remove("n")), Two(key => key["n"] = "AQAB"), Two(key => key["n"] = "not base64"),
            Two(key => key["n"] = (string)key["n"]! + "="), Two(key => key["n"] = new string('A', 344)), Two(key => key["e"] = "AQ"), Two(key => key["e"] = "AA"), Two(key => key["e"] = "Ag"),
            Two(key => key["e"] = ""), Two(key => key["e"] = 65537), Two(key => key["e"] = "AQAAAAAB"),
        ];
        foreach (var key in useless)
        {
            gate.Published.Publish(key, TestKey.One.Published());
            gate.Time.Move(TimeSpan.FromHours(25));
            (await gate.RefusesAsync(gate.Token())).ShouldBeNull();
            (await gate.RefusesAsync(gate.Token(key: TestKey.Two))).ShouldBe("401 unknown-key", key?.ToJsonString());
            (await gate.RefusesAsync(gate.Token(key: TestKey.Weak))).ShouldBe("401 unknown-key", key?.ToJsonString());
        }
        gate.Log.All.ShouldContain("1 of the keys at");
    }

    [Fact]
    public async Task An_id_that_two_keys_share_means_neither()
    {
        await using var gate = await Gate.OpenAsync();
        var same = TestKey.Two.Published();
        same["kid"] = TestKey.One.Id;
        gate.Published.Publish(TestKey.One.Published(), same, TestKey.Two.Published());
        (await gate.RefusesAsync(gate.Token())).ShouldBe("401 unknown-key");
        (await gate.RefusesAsync(gate.Token(key: TestKey.Two))).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_leaves_the_reading_to_the_others()
    {
        await using var gate = await Gate.OpenAsync();
        var answer = gate.Published.Keys;
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        gate.Published.Keys = async http =>
        {
            begun.SetResult();
            await release.Task;
            await answer(http);
        };
        using var impatient = new CancellationTokenSource();
        var first = gate.Keys.FindAsync("one", impatient.Token);
        await begun.Task;
        var second = gate.Keys.FindAsync("one", TestContext.Current.CancellationToken);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        release.SetResult();
        (await second).ShouldNotBeNull();
        gate.Published.KeyReads.ShouldBe(1);
    }

    [Theory]
    [InlineData("https://login.example.com/openid", "https://keys.example.com/keys", true)]
    [InlineData("https://login.example.com/openid", "http://keys.example.com/keys", false)]
    [InlineData("https://login.example.com/openid", "http://127.0.0.1/keys", false)]
    [InlineData("https://login.example.com/openid", "file:///keys", false)]
    [InlineData("https://login.example.com/openid", "/keys", false)]
    [InlineData("http://localhost/openid", "http://127.0.0.1/keys", true)]
    [InlineData("http://localhost/openid", "http://keys.example.com/keys", false)]
    public async Task Keys_are_read_only_where_nobody_can_put_in_others(string metadata, string keys, bool read)
    {
        using var wire = new Wire(keys);
        using var http = new HttpClient(wire);
        var published = new PublishedKeys(http, new Uri(metadata), WireClock.System);
        if (read) (await published.ReadAsync()).Keys.Keys.ShouldBe(["one"]);
        else await Should.ThrowAsync<UnusableKeysException>(published.ReadAsync);
        wire.Asked.ShouldBe(read ? [metadata, keys] : [metadata]);
    }

    /// <summary>Every address is there and answers.</summary>
    sealed class Wire(string keys) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.ToString());
            var document = Asked.Count == 1
                ? new JsonObject { ["issuer"] = "https://api.botframework.com", ["jwks_uri"] = keys }
                : new JsonObject { ["keys"] = new JsonArray(TestKey.One.Published()) };
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(document.ToJsonString()) });
        }
    }

    [Theory]
    [InlineData("http://login.botframework.com/v1/.well-known/openidconfiguration")]
    [InlineData("ftp://localhost/openid")]
    public void Keys_are_not_asked_for_over_an_open_line(string metadata)
    {
        using var http = PublishedKeys.Client();
        Should.Throw<SettingException>(() => new PublishedKeys(http, new Uri(metadata), WireClock.System)).Message.ShouldContain("https");
    }
}

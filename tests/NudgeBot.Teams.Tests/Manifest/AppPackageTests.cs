using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using NudgeBot.Teams.Installing;

namespace NudgeBot.Teams.Tests.Manifest;

public sealed class AppPackageTests
{
    const string AppId = "7a3c9e1b-5d2f-4a68-9c01-b7e4f0d83a12";
    const string Host = "nudgebot.contoso.com";

    [Fact]
    public void Has_the_manifest_the_icons_and_the_languages_at_its_root()
    {
        var zip = Unzipped(Package());

        zip.Keys.ShouldBe(["manifest.json", "color.png", "outline.png", "de.json"]);
        foreach (var file in new[] { "color.png", "outline.png" }) zip[file].ShouldBe(File.ReadAllBytes(Path.Combine(TeamsAppFiles.Folder, file)));
    }

    [Fact]
    public void Fills_in_every_placeholder()
    {
        var text = Encoding.UTF8.GetString(Unzipped(Package(company: "Müller \"& Söhne\"", about: "https://intranet.contoso.com/nudgebot"))["manifest.json"]);

        text.ShouldNotContain("YOUR-");
        text.ShouldNotContain("00000000-");
        var manifest = JsonNode.Parse(text)!;
        ((string?)manifest["id"], (string?)manifest["bots"]![0]!["botId"], (string?)manifest["webApplicationInfo"]!["id"]).ShouldBe((AppId, AppId, AppId));
        ((string?)manifest["webApplicationInfo"]!["resource"]).ShouldBe("https://nudgebot.contoso.com");
        ((string?)manifest["name"]!["short"]).ShouldBe("NudgeBot");
        var developer = manifest["developer"]!.AsObject();
        ((string?)developer["name"]).ShouldBe("Müller \"& Söhne\"");
        developer.Where(property => property.Key.EndsWith("Url")).Select(property => (string?)property.Value)
            .ShouldBe(["https://intranet.contoso.com/nudgebot", "https://intranet.contoso.com/nudgebot", "https://intranet.contoso.com/nudgebot"]);
    }

    [Fact]
    public void Changes_nothing_else_of_the_manifest()
    {
        var filled = JsonNode.Parse(Unzipped(Package())["manifest.json"])!.AsObject();
        var shipped = TeamsAppFiles.Manifest;
        foreach (var manifest in new[] { filled, shipped })
        {
            manifest.Remove("id");
            manifest.Remove("developer");
            manifest.Remove("webApplicationInfo");
            manifest["bots"]![0]!.AsObject().Remove("botId");
            manifest["composeExtensions"]![0]!.AsObject().Remove("botId");
        }

        JsonNode.DeepEquals(filled, shipped).ShouldBeTrue();
    }

    [Fact]
    public void The_app_has_its_name_in_every_language()
    {
        var zip = Unzipped(Package(name: "Übungscoach"));

        ((string?)JsonNode.Parse(zip["manifest.json"])!["name"]!["short"]).ShouldBe("Übungscoach");
        var german = JsonNode.Parse(zip["de.json"])!.AsObject();
        ((string?)german["name.short"]).ShouldBe("Übungscoach");
        german["name.short"] = "NudgeBot";
        JsonNode.DeepEquals(german, TeamsAppFiles.German).ShouldBeTrue("nothing else is changed");
    }

    [Fact]
    public void Without_a_page_or_a_company_it_names_the_host_and_the_product()
    {
        var developer = JsonNode.Parse(Unzipped(Package())["manifest.json"])!["developer"]!;

        ((string?)developer["name"], (string?)developer["privacyUrl"]).ShouldBe(("NudgeBot", "https://nudgebot.contoso.com/"));
    }

    [Fact]
    public void Is_the_same_file_for_the_same_input() => Package(name: "Coach").Zip(TeamsAppFiles.Folder).ShouldBe(Package(name: "Coach").Zip(TeamsAppFiles.Folder));

    [Fact]
    public void What_somebody_wrote_into_the_manifest_stays()
    {
        using var own = OwnFolder();
        var path = Path.Combine(own.Path, "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path)
            .Replace("\"privacyUrl\": \"https://YOUR-HOST.example.com/\"", "\"privacyUrl\": \"https://YOUR-HOST.example.com/privacy\"")
            .Replace("\"short\": \"NudgeBot\"", "\"short\": \"Coach\"")
            .Replace("YOUR-COMPANY", "Contoso"), Encoding.UTF8); // With the mark that some editors put first.

        var manifest = JsonNode.Parse(Unzipped(Package(company: "Other", about: "https://intranet.contoso.com/x"), own.Path)["manifest.json"])!;

        ((string?)manifest["name"]!["short"]).ShouldBe("Coach");
        ((string?)manifest["developer"]!["name"]).ShouldBe("Contoso");
        ((string?)manifest["developer"]!["privacyUrl"]).ShouldBe("https://nudgebot.contoso.com/privacy");
        ((string?)manifest["developer"]!["websiteUrl"]).ShouldBe("https://intranet.contoso.com/x");
    }

    [Fact]
    public void An_app_id_that_is_given_goes_before_the_setting() =>
        (new AppPackage(AppId.ToUpperInvariant(), "anything", Host, null, null, null).AppId, new AppPackage(null, $" {AppId} ", Host, null, null, null).AppId).ShouldBe((AppId, AppId));

    [Fact]
    public void The_bot_is_to_call_where_the_program_listens() => Package().MessagingEndpoint.ShouldBe("https://nudgebot.contoso.com/api/messages");

    [Theory]
    [InlineData(null, Host, null, null, null, "--app-id")]
    [InlineData("", Host, null, null, null, "--app-id")]
    [InlineData("nudgebot", Host, null, null, null, "--app-id must be")]
    [InlineData("00000000-0000-0000-0000-000000000000", Host, null, null, null, "placeholder")]
    [InlineData(AppId, "https://nudgebot.contoso.com", null, null, null, "--host")]
    [InlineData(AppId, "nudgebot.contoso.com/api", null, null, null, "--host")]
    [InlineData(AppId, "nudgebot.contoso.com:8443", null, null, null, "--host")]
    [InlineData(AppId, "10.0.0.1", null, null, null, "--host")]
    [InlineData(AppId, "localhost", null, null, null, "--host")]
    [InlineData(AppId, "your-host.example.com", null, null, null, "--host")]
    [InlineData(AppId, Host, "", null, null, "--name")]
    [InlineData(AppId, Host, "A name of more than thirty letters", null, null, "--name")]
    [InlineData(AppId, Host, "two\nlines", null, null, "--name")]
    [InlineData(AppId, Host, null, "A company whose name is too long for Teams", null, "--company")]
    [InlineData(AppId, Host, null, null, "http://intranet.contoso.com", "--about")]
    [InlineData(AppId, Host, null, null, "intranet", "--about")]
    public void Bad_input_is_named(string? appId, string host, string? name, string? company, string? about, string told) =>
        Should.Throw<SettingException>(() => new AppPackage(appId, null, host, name, company, about)).Message.ShouldContain(told);

    [Fact]
    public void A_wrong_setting_is_named_and_not_repeated()
    {
        var error = Should.Throw<SettingException>(() => new AppPackage(null, "secret", Host, null, null, null)).Message;

        error.ShouldContain("TEAMS_APP_ID");
        error.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("outline.png")]
    [InlineData("de.json")]
    public void A_file_that_is_missing_is_named(string file)
    {
        using var own = OwnFolder();
        File.Delete(Path.Combine(own.Path, file));

        Should.Throw<SettingException>(() => Package().Zip(own.Path)).Message.ShouldContain(Path.Combine(own.Path, file));
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("[]", "one JSON object")]
    [InlineData("""{"name": {"short": "x"}}""", "no manifest")]
    [InlineData("""{"name": "x", "developer": []}""", "no manifest")]
    public void A_manifest_that_is_none_is_named(string text, string told)
    {
        using var own = OwnFolder();
        File.WriteAllText(Path.Combine(own.Path, "manifest.json"), text);

        Should.Throw<SettingException>(() => Package().Zip(own.Path)).Message.ShouldContain(told);
    }

    static AppPackage Package(string? name = null, string? company = null, string? about = null) => new(AppId, null, Host, name, company, about);

    static Dictionary<string, byte[]> Unzipped(AppPackage package, string? folder = null)
    {
        using var zip = new ZipArchive(new MemoryStream(package.Zip(folder ?? TeamsAppFiles.Folder)));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }

    /// <summary>A copy of what is shipped, to be changed.</summary>
    static Scratch OwnFolder()
    {
        var scratch = new Scratch();
        foreach (var file in Directory.EnumerateFiles(TeamsAppFiles.Folder)) File.Copy(file, Path.Combine(scratch.Path, Path.GetFileName(file)));
        return scratch;
    }

    sealed class Scratch : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("nudgebot-test-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

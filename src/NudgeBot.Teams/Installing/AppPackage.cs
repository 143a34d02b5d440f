using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.Installing;

/// <summary>
/// What an administrator uploads to Teams: the manifest of <c>manifests/teams</c> with its placeholders filled in, the icons, and the other languages. What
/// somebody has written there in place of a placeholder stays.
/// </summary>
public sealed class AppPackage
{
    const string Manifest = "manifest.json";

    const string AppIdPlaceholder = "00000000-0000-0000-0000-000000000000";
    const string HostPlaceholder = "YOUR-HOST.example.com";
    const string CompanyPlaceholder = "YOUR-COMPANY";

    // Of the manifest's schema.
    const int LongestName = 30;
    const int LongestCompany = 32;

    /// <summary>A zip file cannot hold an earlier one. Always the same, so that the same input is the same file.</summary>
    static readonly DateTimeOffset FileTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly string host;
    readonly string? name;
    readonly string company;

    /// <param name="appId">As it was given; null: as the setting says.</param>
    /// <param name="settingOfAppId">The value of <c>TEAMS_APP_ID</c>.</param>
    /// <param name="host">Where Teams reaches NudgeBot.</param>
    /// <param name="name">Of the app; null: as the manifest says.</param>
    /// <param name="company">Who offers it; null: NudgeBot.</param>
    /// <param name="about">The page about the app; null: the host's own.</param>
    /// <exception cref="SettingException">One is missing, or is not what it must be.</exception>
    public AppPackage(string? appId, string? settingOfAppId, string host, string? name, string? company, string? about)
    {
        AppId = AppIdOf(appId, settingOfAppId);
        this.host = Uri.CheckHostName(host) == UriHostNameType.Dns && host.Contains('.') && !host.Equals(HostPlaceholder, StringComparison.OrdinalIgnoreCase)
            ? host.ToLowerInvariant()
            : throw new SettingException("--host must be the name of the host at which Teams reaches NudgeBot, such as nudgebot.contoso.com: without https, a port and a path.");
        this.name = name is null ? null : Named("--name", name, LongestName);
        this.company = Named("--company", company ?? "NudgeBot", LongestCompany);
        About = Uri.TryCreate(about ?? $"https://{this.host}/", UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
            ? url
            : throw new SettingException("--about must be the address of a page, beginning with https://.");
    }

    public string AppId { get; }

    public Uri About { get; }

    /// <summary>What the bot's registration in Azure must call.</summary>
    public string MessagingEndpoint => $"https://{host}{TeamsEndpoint.Path}";

    /// <param name="folder">With <c>manifest.json</c> and the files that it names.</param>
    /// <returns>A zip file.</returns>
    /// <exception cref="SettingException">A file is missing, or the manifest is not one.</exception>
    public byte[] Zip(string folder)
    {
        var manifest = Filled(folder);
        using var zipped = new MemoryStream();
        using (var zip = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, Manifest, Write(manifest));
            foreach (var (_, icon) in manifest["icons"] as JsonObject ?? []) Add(zip, $"{icon}", File.ReadAllBytes(PathOf(folder, $"{icon}")));
            foreach (var language in manifest["localizationInfo"]?["additionalLanguages"] as JsonArray ?? [])
                Add(zip, $"{language?["file"]}", Write(Renamed(folder, $"{language?["file"]}")));
        }
        return zipped.ToArray();
    }

    JsonObject Filled(string folder)
    {
        // The page first: its placeholder holds the host's.
        var manifest = Parse(folder, Manifest, text => text
            .Replace(AppIdPlaceholder, AppId)
            .Replace($"\"https://{HostPlaceholder}/\"", JsonSerializer.Serialize(About.AbsoluteUri))
            .Replace(HostPlaceholder, host));
        if (manifest["name"] is not JsonObject names || manifest["developer"] is not JsonObject developer)
            throw new SettingException($"{Path.Combine(folder, Manifest)} is no manifest of a Teams app: it has no name or no developer.");
        if (name is not null) names["short"] = name;
        if (developer["name"]?.ToString() == CompanyPlaceholder) developer["name"] = company;
        return manifest;
    }

    /// <summary>The app's name stands in every language.</summary>
    JsonObject Renamed(string folder, string language)
    {
        var texts = Parse(folder, language, text => text);
        if (name is not null) texts["name.short"] = name;
        return texts;
    }

    static JsonObject Parse(string folder, string file, Func<string, string> filled)
    {
        try
        {
            return JsonNode.Parse(filled(File.ReadAllText(PathOf(folder, file)))) as JsonObject
                ?? throw new SettingException($"{Path.Combine(folder, file)} must be one JSON object.");
        }
        catch (JsonException error)
        {
            throw new SettingException($"{Path.Combine(folder, file)} is not JSON: {error.Message}");
        }
    }

    static byte[] Write(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString(Readable));

    static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = FileTime;
        using var stream = entry.Open();
        stream.Write(content);
    }

    static string PathOf(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new SettingException($"There is no {path}, which the app package needs. It is part of NudgeBot's manifests/teams.");
    }

    static string AppIdOf(string? given, string? setting)
    {
        var (from, value) = given is not null ? ("--app-id", given.Trim()) : (TeamsConfiguration.AppId, setting?.Trim() ?? "");
        if (value.Length == 0) throw new SettingException($"Which bot? Name its app id with --app-id, or set {TeamsConfiguration.AppId}.");
        var id = TeamsConfiguration.Id(from, value, "the bot's app id (also called client id)");
        return id != AppIdPlaceholder ? id : throw new SettingException($"{from} is a placeholder: the bot's registration in Azure shows the app id.");
    }

    static string Named(string option, string value, int longest) => value.Trim() is { Length: > 0 } name && name.Length <= longest && !name.Any(char.IsControl)
        ? name
        : throw new SettingException($"{option} must have 1 to {longest} characters.");
}

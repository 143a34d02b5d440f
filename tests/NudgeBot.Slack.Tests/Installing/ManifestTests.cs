using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NudgeBot.Slack.Installing;
using YamlDotNet.RepresentationModel;

namespace NudgeBot.Slack.Tests.Installing;

/// <summary>What an admin gives to Slack is what the program does and what the documentation says.</summary>
public sealed partial class ManifestTests
{
    const string Host = "https://YOUR-HOST.example.com";
    const string Public = "app-manifest.yaml";
    const string SocketMode = "app-manifest-socket-mode.yaml";

    public static TheoryData<string> Both => [Public, SocketMode];

    [Theory]
    [MemberData(nameof(Both))]
    public void Asks_for_the_scopes_that_the_program_asks_for_and_all_are_explained(string file)
    {
        Texts(Load(file), "oauth_config", "scopes", "bot").ShouldBe(SlackScopes.Bot);
        ((YamlMappingNode)At(Load(file), "oauth_config", "scopes")).Children.Count.ShouldBe(1, "no scope of a person's");

        var section = File.ReadAllText(Path.Combine(Root(), "docs", "install-slack.md")).Split("\n## ").Single(part => part.StartsWith("What the bot may do"));
        ScopeRows().Matches(section).Select(row => row.Groups["scope"].Value).ShouldBe(SlackScopes.Bot, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Has_the_commands_events_and_shortcut(string file)
    {
        var manifest = Load(file);
        var commands = ((YamlSequenceNode)At(manifest, "features", "slash_commands")).Cast<YamlMappingNode>().ToList();

        commands.Select(command => Text(command, "command")).ShouldBe(["/nudge", "/win"]);
        commands.ShouldAllBe(command => Text(command, "should_escape") == "true");
        Texts(manifest, "settings", "event_subscriptions", "bot_events")
            .ShouldBe(["app_home_opened", "app_mention", "app_uninstalled", "message.im", "team_join", "tokens_revoked", "user_change"]);
        var shortcut = ((YamlSequenceNode)At(manifest, "features", "shortcuts")).Cast<YamlMappingNode>().Single();
        (Text(shortcut, "name"), Text(shortcut, "type"), Text(shortcut, "callback_id")).ShouldBe(("Share as win", "message", "win.share"));
        Text((YamlMappingNode)At(manifest, "settings", "interactivity"), "is_enabled").ShouldBe("true");
    }

    /// <summary>Slack's published schema for manifests: what is longer is refused when the app is made.</summary>
    [Theory]
    [MemberData(nameof(Both))]
    public void Keeps_the_lengths_that_Slack_allows(string file)
    {
        var manifest = Load(file);
        Text((YamlMappingNode)At(manifest, "display_information"), "name").Length.ShouldBeLessThanOrEqualTo(35);
        Text((YamlMappingNode)At(manifest, "display_information"), "description").Length.ShouldBeLessThanOrEqualTo(140);
        foreach (var shortcut in ((YamlSequenceNode)At(manifest, "features", "shortcuts")).Cast<YamlMappingNode>())
        {
            Text(shortcut, "name").Length.ShouldBeLessThanOrEqualTo(24);
            Text(shortcut, "description").Length.ShouldBeLessThanOrEqualTo(150);
        }
    }

    [Fact]
    public void Every_address_of_the_program_that_Slack_calls_is_in_the_public_one()
    {
        var addresses = Address().Matches(File.ReadAllText(PathOf(Public))).Select(address => address.Groups["path"].Value).ToHashSet();

        addresses.ShouldBe(["/slack/commands", "/slack/oauth", "/slack/events", "/slack/interactivity", "/slack/options"], ignoreOrder: true);
        Paths().Where(path => path != InstallEndpoints.InstallPath && !addresses.Contains(path)).ShouldBeEmpty();
        Address().Count(File.ReadAllText(PathOf(Public))).ShouldBe(6, "the file says so");
    }

    [Fact]
    public void Without_a_public_address_there_is_none_and_no_token_that_only_one_could_renew()
    {
        File.ReadAllText(PathOf(SocketMode)).ShouldNotContain(Host);
        (Setting(SocketMode, "socket_mode_enabled"), Setting(SocketMode, "token_rotation_enabled")).ShouldBe(("true", "false"));
        (Setting(Public, "socket_mode_enabled"), Setting(Public, "token_rotation_enabled")).ShouldBe(("false", "true"));
    }

    /// <summary>As they stand in the sources.</summary>
    static IEnumerable<string> Paths() =>
        Directory.EnumerateFiles(Path.Combine(Root(), "src", "NudgeBot.Slack"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => PathLiteral().Matches(File.ReadAllText(file))).Select(path => path.Groups["path"].Value).Distinct();

    static string Setting(string file, string name) => Text((YamlMappingNode)At(Load(file), "settings"), name);

    static YamlMappingNode Load(string file)
    {
        var yaml = new YamlStream();
        using var text = new StreamReader(PathOf(file));
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    static YamlNode At(YamlMappingNode node, params string[] path) => path.Aggregate((YamlNode)node, (at, name) => ((YamlMappingNode)at).Children[new YamlScalarNode(name)]);

    static string Text(YamlMappingNode node, string name) => ((YamlScalarNode)At(node, name)).Value!;

    static IEnumerable<string> Texts(YamlMappingNode node, params string[] path) => ((YamlSequenceNode)At(node, path)).Cast<YamlScalarNode>().Select(text => text.Value!);

    static string PathOf(string file) => Path.Combine(Root(), "manifests", "slack", file);

    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"^\| `(?<scope>[a-z_]+(:[a-z.]+)*)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ScopeRows();

    [GeneratedRegex(@"https://YOUR-HOST\.example\.com(?<path>/\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex("\"(?<path>/slack/[a-z-]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex PathLiteral();
}

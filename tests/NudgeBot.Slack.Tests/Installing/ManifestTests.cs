using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NudgeBot.Commands;
using NudgeBot.Slack.Inbound;
using NudgeBot.Slack.Installing;
using NudgeBot.Tests;
using NudgeBot.Tests.Rendering;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

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

    /// <summary>As Slack delivers each.</summary>
    static readonly Dictionary<string, string> Events = new()
    {
        ["app_home_opened"] = """{"type": "app_home_opened", "tab": "home", "user": "U1"}""",
        ["app_mention"] = """{"type": "app_mention", "channel": "C1", "user": "U1", "text": "<@UBOT> guide", "ts": "1.1"}""",
        ["app_uninstalled"] = """{"type": "app_uninstalled"}""",
        ["message.im"] = """{"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "guide", "ts": "1.1"}""",
        ["team_join"] = """{"type": "team_join", "user": {"id": "U1"}}""",
        ["tokens_revoked"] = """{"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}""",
        ["user_change"] = """{"type": "user_change", "user": {"id": "U1"}}""",
    };

    [Theory]
    [MemberData(nameof(Both))]
    public void Every_event_is_one_that_the_program_does_something_about(string file)
    {
        var asked = Texts(Load(file), "settings", "event_subscriptions", "bot_events").ToList();

        asked.ShouldBe(Events.Keys);
        foreach (var name in asked)
        {
            var body = new JsonObject { ["type"] = "event_callback", ["team_id"] = "T1", ["event_id"] = "Ev1", ["event"] = JsonNode.Parse(Events[name]) };
            SlackEvents.Read(JsonSerializer.SerializeToElement(body)).ShouldNotBeNull(name).Input.ShouldNotBeOfType<SlackInput.Nothing>(name);
        }
    }

    /// <summary>And so is every word that Slack shows behind it while somebody types.</summary>
    [Theory]
    [MemberData(nameof(Both))]
    public void Every_command_is_in_the_grammar(string file)
    {
        var commands = ((YamlSequenceNode)At(Load(file), "features", "slash_commands")).Cast<YamlMappingNode>().ToList();

        commands.Select(command => Text(command, "command")).ShouldBe(["/nudge", "/win"]);
        // Otherwise a name or a link that somebody types comes without its id or address.
        commands.ShouldAllBe(command => Text(command, "should_escape") == "true");
        foreach (var typed in Text(commands[0], "usage_hint").Split('|', StringSplitOptions.TrimEntries)) Understood("/nudge", typed);
        Understood("/nudge", "");
        Understood("/win", "");
        Understood("/win", "Tests for the parser in ten minutes").ShouldBe("win Tests for the parser in ten minutes");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Has_the_shortcut_and_what_people_press_arrives(string file)
    {
        var manifest = Load(file);
        var shortcut = ((YamlSequenceNode)At(manifest, "features", "shortcuts")).Cast<YamlMappingNode>().Single();
        (Text(shortcut, "name"), Text(shortcut, "type"), Text(shortcut, "callback_id")).ShouldBe(("Share as win", "message", "win.share"));
        Text((YamlMappingNode)At(manifest, "settings", "interactivity"), "is_enabled").ShouldBe("true");
    }

    static string Understood(string command, string typed)
    {
        var fields = new Dictionary<string, string> { ["team_id"] = "T1", ["user_id"] = "U1", ["trigger_id"] = "1.1", ["command"] = command, ["text"] = typed };
        var line = SlackCommands.Read(fields.GetValueOrDefault).ShouldNotBeNull().Input.ShouldBeOfType<SlackInput.Command>().Line;
        Grammar.Chat.Read(line, Needs.Person).ShouldNotBeOfType<Reading.Rejected>($"{command} {typed}");
        return line;
    }

    /// <summary>The types of npm's <c>@slack/web-api</c>, as a schema. A section that nobody knows is allowed by them, and would be a misspelt one.</summary>
    const string Packages = """
        {"private": true, "dependencies": {"@slack/web-api": "8.2.0", "ts-json-schema-generator": "2.4.0", "ajv": "8.20.0", "typescript": "5.9.3"}}
        """;

    const string Validate = """
        const { createGenerator } = require('ts-json-schema-generator'), Ajv = require('ajv');
        const schema = createGenerator({ path: 'node_modules/@slack/web-api/dist/types/request/manifest.d.ts', type: 'Manifest', skipTypeCheck: true }).createSchema('Manifest');
        schema.definitions.Manifest.additionalProperties = false;
        const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
        for (const manifest of process.argv.slice(2)) console.log(validate(JSON.parse(manifest)) ? 'valid' : JSON.stringify(validate.errors));
        """;

    [Fact]
    public async Task Slacks_own_types_allow_them_and_nothing_that_is_misspelt()
    {
        var manifests = new[] { Public, SocketMode }.Select(file => Json(File.ReadAllText(PathOf(file)))).ToList();
        var misspelt = new[] { ("bot_events", "bot_event"), ("\"settings\"", "\"setting\""), ("im:write", "im:writes"), ("\"command\"", "\"comand\"") }
            .Select(change => manifests[0].Replace(change.Item1, change.Item2)).ToList();
        misspelt.ShouldNotContain(manifests[0]);

        var (code, said) = await new NodeScript("slack-manifest", Packages, Validate).RunAsync([.. manifests, .. misspelt]);

        code.ShouldBe(0, said);
        var verdicts = said.Trim().Split('\n');
        verdicts[..2].ShouldBe(["valid", "valid"]);
        verdicts[2..].Length.ShouldBe(misspelt.Count);
        verdicts[2..].ShouldNotContain("valid");
    }

    static string Json(string yaml) => new SerializerBuilder().JsonCompatible().Build()
        .Serialize(new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml)!);

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

    /// <summary>Asked of the program's own routing: each address that Slack is given is mapped, and Slack is given each but the one that people open.</summary>
    [Fact]
    public async Task Every_address_in_the_public_one_is_mapped_and_the_other_way_round()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(new NudgingProduct(company.App.Database, company.Clock, Shipped.Content, company.App.Platforms));
        builder.Services.AddSlack(company.App);
        await using var program = builder.Build();
        program.MapSlack();
        program.MapSlackInstall(company.App);
        var mapped = ((IEndpointRouteBuilder)program).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => $"{endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single()} {endpoint.RoutePattern.RawText}");

        var manifest = Load(Public);
        var settings = (YamlMappingNode)At(manifest, "settings");
        string[] called =
        [
            .. ((YamlSequenceNode)At(manifest, "features", "slash_commands")).Cast<YamlMappingNode>().Select(command => Text(command, "url")),
            Text((YamlMappingNode)At(settings, "event_subscriptions"), "request_url"),
            Text((YamlMappingNode)At(settings, "interactivity"), "request_url"),
            Text((YamlMappingNode)At(settings, "interactivity"), "message_menu_options_url"),
        ];
        var addresses = called.Select(url => $"POST {Path(url)}").Concat(Texts(manifest, "oauth_config", "redirect_urls").Select(url => $"GET {Path(url)}"));

        addresses.Distinct().ShouldBe(mapped.Except([$"GET {InstallEndpoints.InstallPath}"]), ignoreOrder: true);
        File.ReadAllText(PathOf(Public)).Split(Host).Length.ShouldBe(6 + 1, "the file says so");

        static string Path(string url) => url.StartsWith(Host) ? url[Host.Length..] : throw new ShouldAssertException($"{url} is not at the host that is to be filled in.");
    }

    [Fact]
    public void Without_a_public_address_there_is_none_and_no_token_that_only_one_could_renew()
    {
        File.ReadAllText(PathOf(SocketMode)).ShouldNotContain(Host);
        (Setting(SocketMode, "socket_mode_enabled"), Setting(SocketMode, "token_rotation_enabled")).ShouldBe(("true", "false"));
        (Setting(Public, "socket_mode_enabled"), Setting(Public, "token_rotation_enabled")).ShouldBe(("false", "true"));
    }

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
}

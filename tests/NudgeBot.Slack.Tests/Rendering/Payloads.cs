using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Slack.Rendering;

namespace NudgeBot.Slack.Tests.Rendering;

/// <summary>
/// What goes to Slack, kept beside the tests: a change of a text or of the rendering shows as a change of a file. Run the tests with
/// <c>NUDGEBOT_SNAPSHOTS=write</c> to keep what comes out now.
/// </summary>
static class Payloads
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Folder { get; } = Path.Combine(Here(), "Snapshots");

    public static void Snapshot(string name, IEnumerable<(string Name, JsonObject Payload)> payloads)
    {
        var now = new JsonObject(payloads.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Payload))).ToJsonString(Readable) + "\n";
        var file = Path.Combine(Folder, $"{name}.json");
        if (Environment.GetEnvironmentVariable("NUDGEBOT_SNAPSHOTS") == "write")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, now);
        }
        File.Exists(file).ShouldBeTrue($"{name} has no snapshot yet: run this test with NUDGEBOT_SNAPSHOTS=write.");
        now.ShouldBe(File.ReadAllText(file), $"{name} is not what it was. If it should be, run this test with NUDGEBOT_SNAPSHOTS=write.");
    }

    public static JsonObject Of(Message message, string locale)
    {
        var rendered = BlockKit.Message(message, locale);
        SlackRules.Broken(rendered.Blocks, most: 50).ShouldBeEmpty();
        return new JsonObject { ["text"] = rendered.Text, ["blocks"] = rendered.Blocks };
    }

    public static JsonObject Of(Form form) =>
        Modals.View(form, new FormContext(form.ActionId, form.Payload, "D024BE91L", "1773046800.000100"));

    /// <summary>A reply's parts; errors are the answer to a form.</summary>
    public static JsonObject Of(ReplyPart part, string locale) => part.Match(
        say => Of(say.Message, locale), whisper => Of(whisper.Message, locale), update => Of(update.Message, locale), open => Of(open.Form), errors => FieldErrors.Of(errors.ByField));

    static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}

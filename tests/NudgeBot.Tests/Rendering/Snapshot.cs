using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NudgeBot.Tests.Rendering;

/// <summary>
/// What goes to a platform, kept beside the tests: a change of a text or of the rendering shows as a change of a file. Run the tests with
/// <c>NUDGEBOT_SNAPSHOTS=write</c> to keep what comes out now.
/// </summary>
static class Snapshot
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Of the tests that ask.</summary>
    public static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Snapshots");

    public static void Matches(string name, IEnumerable<(string Name, JsonObject Payload)> payloads, [CallerFilePath] string here = "")
    {
        var now = new JsonObject(payloads.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Payload))).ToJsonString(Readable) + "\n";
        var file = Path.Combine(Folder(here), $"{name}.json");
        if (Environment.GetEnvironmentVariable("NUDGEBOT_SNAPSHOTS") == "write")
        {
            Directory.CreateDirectory(Folder(here));
            File.WriteAllText(file, now);
        }
        File.Exists(file).ShouldBeTrue($"{name} has no snapshot yet: run this test with NUDGEBOT_SNAPSHOTS=write.");
        now.ShouldBe(File.ReadAllText(file), $"{name} is not what it was. If it should be, run this test with NUDGEBOT_SNAPSHOTS=write.");
    }
}

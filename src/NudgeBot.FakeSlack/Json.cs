using System.Text.Encodings.Web;
using System.Text.Json;

namespace NudgeBot.FakeSlack;

static class Json
{
    /// <summary>As Slack writes it: letters of all languages and <c>&amp;</c> stand for themselves.</summary>
    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NudgeBot.Bench;

/// <summary>Figures go to stdout, one line of JSON for each bench; what is going on goes to stderr.</summary>
static class Report
{
    static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>1 once a bench has said that it did not reach what it must.</summary>
    public static int ExitCode { get; private set; }

    public static void Line(JsonObject figures)
    {
        Console.Out.WriteLine(figures.ToJsonString(AsWritten));
        if (figures["reached"] is { } reached && !(bool)reached) ExitCode = 1;
    }

    public static void Progress(string doing) => Console.Error.WriteLine($"bench: {doing}");

    /// <summary>Figures are noisy; four significant digits say more than enough.</summary>
    public static double Rounded(double figure)
    {
        if (figure == 0) return 0;
        var digits = 3 - (int)Math.Floor(Math.Log10(Math.Abs(figure)));
        return digits >= 0 ? Math.Round(figure, Math.Min(digits, 15)) : Math.Round(figure);
    }
}

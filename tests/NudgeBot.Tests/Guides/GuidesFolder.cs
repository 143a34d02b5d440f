using NudgeBot.Guides;

namespace NudgeBot.Tests.Guides;

/// <summary>A guides folder of a test's own.</summary>
sealed class GuidesFolder : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nudgebot-guides-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public GuidesFolder Guide(string path, string body = "Hello {name}.") => File(path, $"---\ntitle: {path}\n---\n{body}\n");

    public GuidesFolder Chore(string path, int order)
    {
        var parts = string.Concat(new[] { "Better prompt", "Smallest step", "Five minutes" }.Select(h => $"## {h}\nDo it.\n\n~~~prompt\n{h}!\n~~~\n"));
        return File(path, $"---\nlabel: {path}\norder: {order}\n---\n{parts}");
    }

    public GuidesFolder File(string path, string text)
    {
        var full = Path.Combine(folder, path + ".md");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
        return this;
    }

    public TextLibrary Read() => new(folder);
}

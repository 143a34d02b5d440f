namespace NudgeBot.Tests.Engine;

/// <summary>A copy of the shipped texts and calendars that a test may change; gone when disposed.</summary>
sealed class EditableContent : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("nudgebot-texts-").FullName;

    public EditableContent()
    {
        Copy(Shipped.Content.Guides, Path.Combine(root, "guides"));
        Copy(Shipped.Content.Calendars, Path.Combine(root, "calendars"));
        Directory.CreateDirectory(Path.Combine(root, "campaigns"));
    }

    public ContentFolder Folder => new(root);

    /// <param name="place">Below <c>guides</c>.</param>
    public void Write(string place, string text = "Hello {name}.") =>
        File.WriteAllText(Path.Combine(root, "guides", place), $"---\ntitle: A text\n---\n{text}\n");

    public void Delete(string place) => File.Delete(Path.Combine(root, "guides", place));

    public void Dispose() => Directory.Delete(root, recursive: true);

    static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

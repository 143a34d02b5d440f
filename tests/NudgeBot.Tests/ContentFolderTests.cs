namespace NudgeBot.Tests;

public sealed class ContentFolderTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("nudgebot-content-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Is_the_configured_folder_where_one_is_configured() =>
        ContentFolder.Find(Content("elsewhere"), Content("here"), Content("program")).Path.ShouldBe(Path.Combine(root, "elsewhere"));

    [Fact]
    public void Does_not_look_further_when_the_configured_folder_is_wrong() =>
        Should.Throw<DirectoryNotFoundException>(() => ContentFolder.Find(root, Content("here"), root))
            .Message.ShouldBe($"NUDGEBOT_CONTENT is '{root}', which must hold the folders campaigns, guides, calendars.");

    [Fact]
    public void Is_found_above_the_current_directory_before_the_programs()
    {
        var below = Directory.CreateDirectory(Path.Combine(Content("here"), "a", "b")).FullName;
        ContentFolder.Find("", below, Content("program")).Path.ShouldBe(Path.Combine(root, "here"));
    }

    [Fact]
    public void Is_found_above_the_programs_directory_else()
    {
        var below = Directory.CreateDirectory(Path.Combine(Content("program"), "bin")).FullName;
        ContentFolder.Find(null, root, below).Guides.ShouldBe(Path.Combine(root, "program", "guides"));
    }

    [Fact]
    public void Says_where_it_looked_and_what_to_set_when_there_is_none() =>
        Should.Throw<DirectoryNotFoundException>(() => ContentFolder.Find(null, root, root)).Message.ShouldContain("Set NUDGEBOT_CONTENT");

    string Content(string name)
    {
        foreach (var folder in new[] { "campaigns", "guides", "calendars" }) Directory.CreateDirectory(Path.Combine(root, name, folder));
        return Path.Combine(root, name);
    }
}

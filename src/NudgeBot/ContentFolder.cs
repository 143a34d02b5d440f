namespace NudgeBot;

/// <summary>The folder of what users edit: campaigns, guides and calendars; and, if the shipped one is not to stand, <c>readiness.yaml</c>.</summary>
public sealed record ContentFolder(string Path)
{
    public const string Setting = "NUDGEBOT_CONTENT";

    static readonly string[] Holds = ["campaigns", "guides", "calendars"];

    public string Campaigns => System.IO.Path.Combine(Path, "campaigns");
    public string Guides => System.IO.Path.Combine(Path, "guides");
    public string Calendars => System.IO.Path.Combine(Path, "calendars");

    /// <summary>Needed for the app package alone: it may not be there.</summary>
    public string TeamsApp => System.IO.Path.Combine(Path, "manifests", "teams");

    /// <param name="configured">The value of <see cref="Setting"/>; where it is set, nothing else is tried.</param>
    /// <exception cref="DirectoryNotFoundException">No folder holds the three; the message says where it was looked for.</exception>
    public static ContentFolder Find(string? configured, string currentDirectory, string programDirectory)
    {
        if (!string.IsNullOrWhiteSpace(configured))
            return IsContent(configured)
                ? new ContentFolder(System.IO.Path.GetFullPath(configured))
                : throw new DirectoryNotFoundException($"{Setting} is '{configured}', which must hold the folders {string.Join(", ", Holds)}.");

        var found = Upwards(currentDirectory).Concat(Upwards(programDirectory)).FirstOrDefault(IsContent);
        return found is not null
            ? new ContentFolder(found)
            : throw new DirectoryNotFoundException(
                $"Neither '{currentDirectory}' nor '{programDirectory}', nor a folder above them, holds the folders {string.Join(", ", Holds)}. "
                + $"Set {Setting} to the folder that does.");
    }

    static IEnumerable<string> Upwards(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent) yield return folder.FullName;
    }

    static bool IsContent(string folder) => Holds.All(name => Directory.Exists(System.IO.Path.Combine(folder, name)));
}

namespace NudgeBot.Tests;

static class Sample
{
    /// <summary>A file of the folder <c>samples</c>, found from wherever the tests were built to.</summary>
    public static string Path(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "NudgeBot.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the repository: there is no NudgeBot.sln above them.");
        return System.IO.Path.Combine(folder.FullName, "samples", name);
    }
}

using System.Runtime.CompilerServices;

namespace NudgeBot.Tests.Conventions;

/// <summary>The sources of the product, for tests of how they are written.</summary>
static class SourceFiles
{
    public static IEnumerable<(string Path, string Text)> All(params string[] endings)
    {
        var root = Root();
        return
            from path in Directory.EnumerateFiles(Path.Combine(root, "src"), "*", SearchOption.AllDirectories)
            let relative = Path.GetRelativePath(root, path)
            where endings.Any(relative.EndsWith) && !relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
            select (relative, File.ReadAllText(path));
    }

    public static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}

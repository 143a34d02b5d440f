namespace NudgeBot.Tests.Rendering;

/// <summary>A script for Node.js with the packages that it needs. Where there is no Node.js, or npm reaches nothing, the test is skipped.</summary>
/// <param name="packages">A <c>package.json</c>.</param>
sealed class NodeScript(string name, string packages, string script)
{
    public async Task<(int Code, string Said)> RunAsync(params IEnumerable<string> arguments)
    {
        var folder = await new NodePackages(name, packages).InstalledAsync();
        var path = Path.Combine(folder, $"{name}-{Guid.NewGuid():N}.js");
        await File.WriteAllTextAsync(path, script, TestContext.Current.CancellationToken);
        try
        {
            return await NodePackages.RunAsync("node", folder, [path, .. arguments]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

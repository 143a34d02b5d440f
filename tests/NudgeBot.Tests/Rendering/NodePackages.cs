using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace NudgeBot.Tests.Rendering;

/// <summary>Packages of npm, and programs that have them. Where there is no Node.js, or npm reaches nothing, the test is skipped.</summary>
/// <param name="packages">A <c>package.json</c>.</param>
sealed class NodePackages(string name, string packages)
{
    /// <summary>Once for these versions, in a folder that other runs find again.</summary>
    public async Task<string> InstalledAsync()
    {
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(packages)))[..12];
        var folder = Path.Combine(Path.GetTempPath(), $"nudgebot-{name}-{version}");
        if (Directory.Exists(folder)) return folder;

        // Made beside it and moved there: a run that is broken off leaves nothing that looks complete.
        var making = Directory.CreateTempSubdirectory($"nudgebot-{name}-").FullName;
        await File.WriteAllTextAsync(Path.Combine(making, "package.json"), packages, TestContext.Current.CancellationToken);
        var (code, said) = await RunAsync("npm", making, ["install", "--no-audit", "--no-fund", "--loglevel=error"]);
        Assert.SkipWhen(code != 0, $"npm cannot install what {name} needs: {said}");
        try
        {
            Directory.Move(making, folder);
        }
        catch (IOException)
        {
            Directory.Delete(making, recursive: true); // Another run was first.
        }
        return folder;
    }

    /// <param name="folder">Where it is run.</param>
    public static async Task<(int Code, string Said)> RunAsync(string program, string folder, params IEnumerable<string> arguments)
    {
        using var process = Start(program, folder, [], arguments);
        var cancellation = TestContext.Current.CancellationToken;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, string.Concat(said));
    }

    /// <summary>What it says is to be read, and it is to be ended.</summary>
    public static Process Start(string program, string folder, IEnumerable<(string Name, string Value)> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in environment) start.Environment[variable] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed here.");
            throw;
        }
    }
}

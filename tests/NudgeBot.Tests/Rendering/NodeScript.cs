using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace NudgeBot.Tests.Rendering;

/// <summary>A script for Node.js with the packages that it needs. Where there is no Node.js, or npm reaches nothing, the test is skipped.</summary>
/// <param name="packages">A <c>package.json</c>.</param>
sealed class NodeScript(string name, string packages, string script)
{
    public async Task<(int Code, string Said)> RunAsync(params IEnumerable<string> arguments)
    {
        var folder = await InstalledAsync();
        var path = Path.Combine(folder, $"{name}-{Guid.NewGuid():N}.js");
        await File.WriteAllTextAsync(path, script, TestContext.Current.CancellationToken);
        try
        {
            return await StartAsync("node", folder, [path, .. arguments]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Once for these versions, in a folder that other runs find again.</summary>
    async Task<string> InstalledAsync()
    {
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(packages + script)))[..12];
        var folder = Path.Combine(Path.GetTempPath(), $"nudgebot-{name}-{version}");
        if (Directory.Exists(folder)) return folder;

        // Made beside it and moved there: a run that is broken off leaves nothing that looks complete.
        var making = Directory.CreateTempSubdirectory($"nudgebot-{name}-").FullName;
        await File.WriteAllTextAsync(Path.Combine(making, "package.json"), packages, TestContext.Current.CancellationToken);
        var (code, said) = await StartAsync("npm", making, ["install", "--no-audit", "--no-fund", "--loglevel=error"]);
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

    static async Task<(int Code, string Said)> StartAsync(string program, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed here.");
            throw;
        }
        using (process)
        {
            var cancellation = TestContext.Current.CancellationToken;
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, string.Concat(said));
        }
    }
}

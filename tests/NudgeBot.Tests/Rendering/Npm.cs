using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace NudgeBot.Tests.Rendering;

/// <summary>Official types and programs for tests, fetched by npm. Where Node.js, npm or the way to the packages is missing, the test that asks is skipped and says so.</summary>
static class Npm
{
    /// <summary>Once for these versions, in a folder that other runs find again.</summary>
    /// <param name="package">The <c>package.json</c>.</param>
    /// <param name="salt">What else the folder's content depends on.</param>
    public static async Task<string> InstalledAsync(string name, string package, string salt)
    {
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(package + salt)))[..12];
        var folder = Path.Combine(Path.GetTempPath(), $"nudgebot-{name}-{version}");
        if (Directory.Exists(folder)) return folder;

        // Made beside it and moved there: a run that is broken off leaves nothing that looks complete.
        var making = Directory.CreateTempSubdirectory($"nudgebot-{name}-").FullName;
        await File.WriteAllTextAsync(Path.Combine(making, "package.json"), package, TestContext.Current.CancellationToken);
        var (code, said) = await RunAsync("npm", making, ["install", "--no-audit", "--no-fund", "--loglevel=error"]);
        Assert.SkipWhen(code != 0, $"npm cannot install {name}: {said}");
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

    /// <summary>Runs a script there, under a name of this run's own.</summary>
    public static async Task<(int Code, string Said)> NodeAsync(string folder, string script, params string[] arguments)
    {
        var file = Path.Combine(folder, $"script-{Guid.NewGuid():N}.js");
        await File.WriteAllTextAsync(file, script, TestContext.Current.CancellationToken);
        try
        {
            return await RunAsync("node", folder, [file, .. arguments]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    static async Task<(int Code, string Said)> RunAsync(string program, string folder, string[] arguments)
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

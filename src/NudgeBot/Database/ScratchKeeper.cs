using System.Diagnostics;

namespace NudgeBot.Database;

/// <summary>
/// Stops a scratch server and removes its folder when this program ends, even by kill -9: a shell that waits for the end of its
/// input, which the system closes with us.
/// </summary>
sealed class ScratchKeeper : IAsyncDisposable
{
    // Ctrl-C reaches every process of the terminal: the shell has to outlive it to do its work.
    const string Wait = "trap '' INT HUP TERM; exec >/dev/null 2>&1; read -r nothing; \"$@\"; rm -rf -- \"$0\"";

    readonly Process shell;

    ScratchKeeper(Process shell) => this.shell = shell;

    public static ScratchKeeper Watch(string folder, IReadOnlyList<string> stop) =>
        new(Subprocess.Start(["sh", "-c", Wait, folder, .. stop], readOutput: false));

    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }
}

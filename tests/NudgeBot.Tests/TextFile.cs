using System.Text;

namespace NudgeBot.Tests;

/// <summary>A file with the given text, gone when disposed.</summary>
sealed class TextFile : IDisposable
{
    public TextFile(string text, string name = "file.csv") : this(Encoding.UTF8.GetBytes(text), name) { }

    public TextFile(byte[] bytes, string name = "file.csv")
    {
        var folder = Directory.CreateTempSubdirectory("nudgebot-test-").FullName;
        Path = System.IO.Path.Combine(folder, name);
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
}

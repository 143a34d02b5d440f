using System.Text.Unicode;

namespace NudgeBot.Files;

static class Utf8File
{
    /// <exception cref="UnreadableFileException">The file does not exist or is not UTF-8.</exception>
    public static byte[] Read(string path)
    {
        if (!File.Exists(path)) throw new UnreadableFileException(path, "there is no such file.");
        var bytes = File.ReadAllBytes(path);
        return Utf8.IsValid(bytes) ? bytes : throw new UnreadableFileException(path,
            $"line {FirstBadLine(bytes)} is not UTF-8. Save the file as UTF-8; in Excel: Save as, 'CSV UTF-8'.");
    }

    static int FirstBadLine(ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(bytes[range])) break;
            line++;
        }
        return line;
    }
}

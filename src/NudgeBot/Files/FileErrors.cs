namespace NudgeBot.Files;

/// <summary>Collects everything that is wrong in one file, so that its author mends it in one go.</summary>
sealed class FileErrors(string? file = null)
{
    readonly List<FileError> found = [];

    public bool None => found.Count == 0;

    public IReadOnlyList<FileError> InOrder => [.. found.OrderBy(e => e.Line).ThenBy(e => e.Column)];

    public void Add(int line, int column, string message) => found.Add(new FileError(line, column, message) { File = file });

    /// <summary>Names the field before the message. Complaints about <see cref="Node.Missing"/> are dropped.</summary>
    public void Add(Node at, string message)
    {
        if (at is Node.Missing) return;
        Add(at.Line, at.Column, at.Field.Length == 0 ? message : $"{at.Field}: {message}");
    }
}

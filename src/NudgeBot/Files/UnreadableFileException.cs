namespace NudgeBot.Files;

/// <summary>Nothing of a file can be taken. The message names the file, says what is wrong with it and what to do; nothing was changed.</summary>
public sealed class UnreadableFileException(string path, string message) : Exception($"{Path.GetFileName(path)}: {message}");

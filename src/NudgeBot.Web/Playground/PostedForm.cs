using Microsoft.AspNetCore.Http.Features;
using NudgeBot.Chat;

namespace NudgeBot.Web.Playground;

/// <summary>What was posted, if it is anything that the page could have sent.</summary>
static class PostedForm
{
    /// <summary>The longest field of any form takes 4000 characters; line ends count twice on the way.</summary>
    const int LongestValue = 8000;

    /// <summary>A form has few lists, and a list a hundred boxes to tick.</summary>
    const int MostValues = 1000;

    /// <summary>What is larger than a file may be is still read, to say so where it was chosen.</summary>
    const int LargestFile = 16 * AttachedFile.Largest;

    /// <summary>Of what comes with words.</summary>
    public const string Attached = "file";

    const string FilePrefix = "file.";

    /// <summary>Under which the file of a field is posted.</summary>
    public static string FileOf(string field) => FilePrefix + field;

    /// <returns>Null when it is no form, too long, or holds what no text may hold.</returns>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            var options = new FormOptions { ValueLengthLimit = 16 * LongestValue, ValueCountLimit = MostValues, MultipartBodyLengthLimit = LargestFile };
            var form = await request.ReadFormAsync(options, cancellation);
            return form.All(field => IsText(field.Key) && field.Value.All(IsText)) ? form : null;
        }
        // Beyond the limits, encoded wrongly, or broken off.
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return null;
        }
    }

    /// <summary>By field; of a list, all that was ticked.</summary>
    public static Dictionary<string, string> Values(IFormCollection form) =>
        form.ToDictionary(field => field.Key, field => Field.Choices.Write(field.Value.OfType<string>().Where(value => value.Length > 0)));

    /// <summary>By field; none where none was chosen.</summary>
    public static async Task<Dictionary<string, AttachedFile>> FilesAsync(IFormCollection form, CancellationToken cancellation)
    {
        var files = new Dictionary<string, AttachedFile>();
        foreach (var file in form.Files.Where(file => file.Name.StartsWith(FilePrefix, StringComparison.Ordinal)))
            if (await FileAsync(form, file.Name, cancellation) is { } posted)
                files[file.Name[FilePrefix.Length..]] = posted.Content;
        return files;
    }

    /// <returns>Null where none was chosen.</returns>
    public static async Task<PostedFile?> FileAsync(IFormCollection form, string name, CancellationToken cancellation)
    {
        if (form.Files.GetFile(name) is not { FileName.Length: > 0 } file || !IsText(file.FileName)) return null;
        await using var content = file.OpenReadStream();
        return new PostedFile(file.FileName, await AttachedFile.ReadAsync(content, cancellation));
    }

    /// <summary>PostgreSQL keeps any character but one.</summary>
    static bool IsText(string? value) => value is { Length: <= LongestValue } && !value.Contains('\0');
}

sealed record PostedFile(string Name, AttachedFile Content);

using Microsoft.AspNetCore.Http.Features;

namespace NudgeBot.Web.Playground;

/// <summary>What was posted, if it is anything that the page could have sent.</summary>
static class PostedForm
{
    /// <summary>The longest field of any form takes 4000 characters; line ends count twice on the way.</summary>
    const int LongestValue = 8000;

    /// <returns>Null when it is no form, too long, or holds what no text may hold.</returns>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            var form = await request.ReadFormAsync(new FormOptions { ValueLengthLimit = 16 * LongestValue, ValueCountLimit = 100 }, cancellation);
            return form.All(field => IsText(field.Key) && field.Value.All(IsText)) ? form : null;
        }
        // Beyond the limits, or encoded wrongly.
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>PostgreSQL keeps any character but one.</summary>
    static bool IsText(string? value) => value is { Length: <= LongestValue } && !value.Contains('\0');
}

using System.Security.Cryptography;
using System.Text;

namespace NudgeBot.Governance;

/// <summary>What somebody has looked at before they change it, where it has no version: two who change the same at a time are told apart by it.</summary>
static class Seen
{
    /// <returns>Eight letters, others for other values.</returns>
    public static string Of(params IEnumerable<string?> values) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', values))))[..8];

    /// <param name="basedOn">As it was looked at; null: whatever is there is changed.</param>
    /// <param name="now">As it is.</param>
    /// <param name="look">The line that shows it.</param>
    /// <exception cref="RefusalException">Somebody else has changed it since.</exception>
    public static void MustStillBe(string? basedOn, string now, string what, string look)
    {
        if (basedOn is not null && basedOn != now)
            throw new RefusalException($"{what} was changed by somebody meanwhile. Look at it with `{look}`, then change it anew. Nothing was changed now.");
    }
}

using System.Buffers;
using System.Buffers.Text;

namespace NudgeBot.Teams.Inbound;

/// <summary>Base64url as RFC 7515 has it: no padding, no white space, and for every sequence of bytes exactly one spelling.</summary>
static class StrictBase64
{
    /// <returns>Null for anything else.</returns>
    public static byte[]? Decode(string text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done) return null;
        Array.Resize(ref bytes, length);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>Chance that falls the same way whenever it is asked: by a hash of words, so that a story can be told twice.</summary>
static class Chance
{
    /// <returns>From 0, included, to 1, not.</returns>
    public static double Of(params IEnumerable<object> words)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', words)));
        // As many bits as a double keeps: more would round up to 1.
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * Math.Pow(2, -53);
    }

    public static T Pick<T>(IReadOnlyList<T> from, params IEnumerable<object> words) => from[(int)(Of(words) * from.Count)];
}

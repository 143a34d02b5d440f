using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NudgeBot.Enrollment;

/// <summary>
/// The three independent draws: the first eight bytes (big-endian, unsigned) of SHA-256 over <c>purpose|campaign key|e-mail</c>, modulo
/// 10,000. The e-mail is the one of the first import, in lower case. Anybody can recompute them, nobody can steer them.
/// </summary>
public static class Draw
{
    public const int Buckets = 10_000;

    public static int Rollout(string campaign, string email) => Bucket("rollout", campaign, email);

    public static int Arm(string campaign, string email) => Bucket("arm", campaign, email);

    public static int Variant(string campaign, string email) => Bucket("variant", campaign, email);

    public static bool IsWithin(int bucket, int percent) => bucket < percent * (Buckets / 100);

    public static string VariantOf(int bucket, IReadOnlyList<string> variants) => variants[bucket * variants.Count / Buckets];

    static int Bucket(string purpose, string campaign, string email)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}|{campaign}|{email.ToLowerInvariant()}"));
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % Buckets);
    }
}

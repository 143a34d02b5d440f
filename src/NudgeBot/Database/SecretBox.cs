using System.Security.Cryptography;
using System.Text;

namespace NudgeBot.Database;

/// <summary>
/// Encrypts what must not be readable in the database: AES-256-GCM under <c>NUDGEBOT_KEY</c>. While a key is rotated there are two: the first one
/// seals, both open.
/// </summary>
public sealed class SecretBox
{
    public const string Setting = "NUDGEBOT_KEY";

    const int KeyLength = 32;
    const int IdLength = 4;
    const int NonceLength = 12;
    const int TagLength = 16;

    readonly byte[][] keys;

    /// <param name="setting">One key, or two with a comma between, each 32 bytes in base64.</param>
    /// <exception cref="SettingException">It is not that.</exception>
    public SecretBox(string setting)
    {
        keys = [.. setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Read)];
        if (keys.Length is 0 or > 2) throw new SettingException($"{Setting} holds one key, or two with a comma between.");
    }

    /// <summary>Under a key that is not the setting's: one of a single person, which is destroyed with what it sealed.</summary>
    internal SecretBox(byte[] key) => keys = [key];

    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength));

    /// <param name="context">What it is, e.g. <c>slack bot token 7</c>: opened as anything else, it does not open.</param>
    public byte[] Seal(string secret, string context)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[IdLength + NonceLength + plain.Length + TagLength];
        IdOf(keys[0]).CopyTo(box, 0);
        RandomNumberGenerator.Fill(box.AsSpan(IdLength, NonceLength));
        using var aes = new AesGcm(keys[0], TagLength);
        aes.Encrypt(box.AsSpan(IdLength, NonceLength), plain, box.AsSpan(IdLength + NonceLength, plain.Length), box.AsSpan(^TagLength), AssociatedWith(context));
        return box;
    }

    /// <exception cref="CryptographicException">Sealed under another key, as something else, or changed since.</exception>
    public string Open(byte[] box, string context)
    {
        if (box.Length < IdLength + NonceLength + TagLength || Array.Find(keys, key => box.AsSpan(0, IdLength).SequenceEqual(IdOf(key))) is not { } sealing)
            throw new CryptographicException($"This was not encrypted with the present {Setting}.");
        var plain = new byte[box.Length - IdLength - NonceLength - TagLength];
        using var aes = new AesGcm(sealing, TagLength);
        aes.Decrypt(box.AsSpan(IdLength, NonceLength), box.AsSpan(IdLength + NonceLength, plain.Length), box.AsSpan(^TagLength), plain, AssociatedWith(context));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Whether it was sealed under the first key, the one that stays when a rotation is over.</summary>
    public bool IsUnderFirstKey(byte[] box) => box.AsSpan(0, Math.Min(IdLength, box.Length)).SequenceEqual(IdOf(keys[0]));

    /// <summary>Tells keys apart without telling anything of them.</summary>
    static byte[] IdOf(byte[] key) => SHA256.HashData([.. "nudgebot key id"u8, .. key])[..IdLength];

    static byte[] AssociatedWith(string context) => Encoding.UTF8.GetBytes(context);

    static byte[] Read(string key)
    {
        var bytes = new byte[KeyLength + 1];
        return Convert.TryFromBase64String(key, bytes, out var length) && length == KeyLength
            ? bytes[..KeyLength]
            : throw new SettingException($"{Setting} must be {KeyLength} bytes in base64, as `openssl rand -base64 {KeyLength}` makes them.");
    }
}

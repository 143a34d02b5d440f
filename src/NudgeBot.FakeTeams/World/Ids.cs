using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace NudgeBot.FakeTeams.World;

/// <summary>Ids as those of Teams look. Later ones of activities sort after earlier ones.</summary>
public sealed class Ids(TeamsTime time)
{
    readonly Lock _gate = new();
    long _last;

    /// <summary>Milliseconds since 1970; no two are the same.</summary>
    public string NextMessage()
    {
        lock (_gate)
        {
            _last = Math.Max(_last + 1, time.Now.ToUnixTimeMilliseconds());
            return _last.ToString(CultureInfo.InvariantCulture);
        }
    }

    public static string NewPerson() => $"29:1{Secret(48)}";

    /// <summary>Long enough to be too long for a column that somebody guessed at.</summary>
    public static string NewPersonalChat() => $"a:1{Secret(72)}";

    public static string NewChannel() => $"19:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}@thread.tacv2";

    /// <summary>Of an event that is no message.</summary>
    public static string NewEvent() => $"f:{Guid.NewGuid()}";

    public static string Secret(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}

using System.Globalization;
using System.Security.Cryptography;

namespace NudgeBot.FakeSlack.World;

/// <summary>Ids as Slack's look: a letter for the kind, then ten capitals and digits. Later ones sort after earlier ones.</summary>
public sealed class Ids
{
    long _last;

    public string Next(string prefix) => prefix + "0FK" + Interlocked.Increment(ref _last).ToString("X7", CultureInfo.InvariantCulture);

    public static string Secret(int bytes = 12) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}

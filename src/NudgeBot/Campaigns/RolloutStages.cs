using System.Globalization;

namespace NudgeBot.Campaigns;

/// <summary>The percentages through which a rollout goes.</summary>
public static class RolloutStages
{
    public const int Most = 10;

    public static readonly IReadOnlyList<int> Default = [10, 50, 100];

    /// <returns>Null where they are right.</returns>
    public static string? Fault(IReadOnlyList<int> stages) =>
        stages.Count is 0 or > Most || stages.Any(stage => stage is < 1 or > 100) || stages.Zip(stages.Skip(1)).Any(pair => pair.First >= pair.Second)
            ? $"must be 1 to {Most} percentages from 1 to 100, each greater than the one before, like 10, 50, 100."
            : null;

    /// <param name="text">As somebody types them: <c>10,50,100</c> or <c>10 50 100</c>.</param>
    /// <returns>Null where they are not right.</returns>
    public static IReadOnlyList<int>? Parse(string text)
    {
        var words = text.Split([',', ' ', '/', '%'], StringSplitOptions.RemoveEmptyEntries);
        var stages = words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var stage) ? stage : 0).ToList();
        return Fault(stages) is null ? stages : null;
    }

    /// <summary>Null: it is the last one, or beyond.</summary>
    public static int? After(this IReadOnlyList<int> stages, int percent) => stages.Where(stage => stage > percent).Select(stage => (int?)stage).FirstOrDefault();

    /// <summary>0 where it is the first one.</summary>
    public static int Before(this IReadOnlyList<int> stages, int percent) => stages.LastOrDefault(stage => stage < percent);
}

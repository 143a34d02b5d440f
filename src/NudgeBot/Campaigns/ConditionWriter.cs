using NudgeBot.Files;
using YamlDotNet.Core.Events;

namespace NudgeBot.Campaigns;

/// <summary>Writes what <see cref="ConditionReader"/> reads.</summary>
sealed class ConditionWriter(YamlWriter yaml)
{
    /// <summary>On one line, as it can be typed.</summary>
    public static string LineOf(Condition condition) =>
        YamlWriter.Document(yaml =>
        {
            yaml.Word("only_if");
            new ConditionWriter(yaml).Write(condition);
        })["only_if:".Length..].Trim();

    public void Write(Condition condition)
    {
        switch (condition)
        {
            case Condition.UsedSinceDayZero:
                yaml.Word("used_since_day_0");
                break;
            case Condition.AnsweredEarlier:
                yaml.Word("answered_earlier");
                break;
            case Condition.UsedFewerThan { Times: 1 } c:
                yaml.Map(() => yaml.Field("no_use_in", c.Dates));
                break;
            case Condition.UsedFewerThan c:
                yaml.Map(() =>
                {
                    yaml.Field("used_fewer_than", c.Times);
                    yaml.Field("in", c.Dates);
                });
                break;
            case Condition.NudgedMembers c:
                yaml.Map(() => yaml.Field("nudged_members", c.AtLeast));
                break;
            case Condition.Any c:
                yaml.Map(() => yaml.ListField("any", c.Of, Write, SequenceStyle.Flow));
                break;
            case Condition.All c:
                yaml.Map(() => yaml.ListField("all", c.Of, Write, SequenceStyle.Flow));
                break;
            default:
                throw new InvalidOperationException($"{condition.GetType().Name} is not handled.");
        }
    }
}

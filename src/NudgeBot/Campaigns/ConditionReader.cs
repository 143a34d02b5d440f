using NudgeBot.Files;

namespace NudgeBot.Campaigns;

sealed class ConditionReader(FileErrors errors)
{
    /// <summary>Aliases could blow a few lines up to millions of parts.</summary>
    const int Deepest = 3;
    const int MostParts = 10;

    const string Allowed =
        "used_since_day_0, answered_earlier, {no_use_in: 4}, {used_fewer_than: 2, in: 7}, {nudged_members: 3}, {any: [...]}, {all: [...]}";

    static readonly string[] Known = ["no_use_in", "used_fewer_than", "in", "nudged_members", "any", "all"];
    static readonly Condition StandIn = new Condition.AnsweredEarlier();

    readonly Values values = new(errors);

    public Condition Read(Node node) => Read(node, 0);

    Condition Read(Node node, int depth) => node switch
    {
        Node.Word { Text: "used_since_day_0" } => new Condition.UsedSinceDayZero(),
        Node.Word { Text: "answered_earlier" } => new Condition.AnsweredEarlier(),
        Node.Map map => OneOf(map, depth),
        _ => values.Wrong(node, $"a condition is one of: {Allowed}.", StandIn),
    };

    Condition OneOf(Node.Map map, int depth)
    {
        var fields = new Fields(map, errors, Known);
        return fields.Names.Order().ToArray() switch
        {
            ["no_use_in"] => new Condition.UsedFewerThan(1, values.Number(fields["no_use_in"], 1, 60)),
            ["in", "used_fewer_than"] => UsedFewerThan(fields),
            ["nudged_members"] when depth == 0 => new Condition.NudgedMembers(values.Number(fields["nudged_members"], 1, 1000)),
            ["any"] => new Condition.Any(Parts(fields["any"], depth)),
            ["all"] => new Condition.All(Parts(fields["all"], depth)),
            ["nudged_members"] => values.Wrong(map, "'nudged_members' stands alone.", StandIn),
            ["used_fewer_than"] => values.Wrong(map, "'used_fewer_than' needs 'in': {used_fewer_than: 2, in: 7}.", StandIn),
            ["in"] => values.Wrong(map, "'in' needs 'used_fewer_than': {used_fewer_than: 2, in: 7}.", StandIn),
            // Only unknown names, which have been reported.
            [] when map.Pairs.Count > 0 => StandIn,
            [] => values.Wrong(map, $"a condition is one of: {Allowed}.", StandIn),
            _ => values.Wrong(map, "holds several conditions; combine them with {any: [...]} or {all: [...]}.", StandIn),
        };
    }

    Condition.UsedFewerThan UsedFewerThan(Fields fields)
    {
        var dates = values.Number(fields["in"], 1, 60);
        return new Condition.UsedFewerThan(values.Number(fields["used_fewer_than"], 1, dates), dates);
    }

    IReadOnlyList<Condition> Parts(Node node, int depth) =>
        depth < Deepest
            ? values.List(node, part => Read(part, depth + 1), MostParts)
            : values.Wrong<IReadOnlyList<Condition>>(node, $"conditions are nested more than {Deepest} deep.", []);
}

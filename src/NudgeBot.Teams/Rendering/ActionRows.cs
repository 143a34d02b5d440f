using System.Text.Json.Nodes;

namespace NudgeBot.Teams.Rendering;

/// <summary>
/// Actions in rows that fit: some clients cut off what does not stand beside the others instead of beginning a new row, and none shows more than six.
/// As few rows as can be, of about as many actions each.
/// </summary>
static class ActionRows
{
    public static IEnumerable<JsonObject> Of(IEnumerable<JsonObject> actions)
    {
        var all = actions.ToList();
        if (all.Count == 0) return [];
        var rows = Rows(all, TeamsLimits.Actions);
        var even = Rows(all, most: (all.Count + rows.Count - 1) / rows.Count);
        return (even.Count > rows.Count ? rows : even).Select(Row);
    }

    public static JsonObject Single(JsonObject action) => Row([action], 0);

    static List<List<JsonObject>> Rows(List<JsonObject> actions, int most)
    {
        var rows = new List<List<JsonObject>>();
        var width = 0;
        foreach (var action in actions)
        {
            var own = TeamsLimits.WidthOf((string)action["title"]!);
            if (rows.Count == 0 || rows[^1].Count == most || width + own > TeamsLimits.RowWidth)
            {
                rows.Add([]);
                width = 0;
            }
            rows[^1].Add(action);
            width += own;
        }
        return rows;
    }

    static JsonObject Row(List<JsonObject> actions, int number)
    {
        var set = new JsonObject { ["type"] = "ActionSet", ["actions"] = new JsonArray([.. actions]) };
        if (number > 0) set["spacing"] = "Small";
        return set;
    }
}

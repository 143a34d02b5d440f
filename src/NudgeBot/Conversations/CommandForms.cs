using Dapper;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.Guides;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>The forms of commands. What is filled in is a line, and answered as one that was typed.</summary>
sealed class CommandForms(NpgsqlConnection connection, TextLibrary library, ContentFolder content)
{
    /// <summary>More than a select takes are typed.</summary>
    const int MostChoices = 100;

    /// <summary>Of all choices of a form together: in some places it is a message, and may not be long.</summary>
    const int MostLetters = 8000;

    const int LongestValue = 3000;

    /// <summary>What the form goes on with comes back with it, and no platform carries more.</summary>
    const int LongestBegun = 1500;

    /// <param name="filling">What stands in it already.</param>
    /// <exception cref="RefusalException">The line is too long for a form.</exception>
    public async Task<Form> OfAsync(Asker asker, Blank blank, Filling filling)
    {
        if (blank.Begun.Length > LongestBegun)
            throw new RefusalException($"That is too long for me: `{blank.Command}` does not take so many words.");
        var words = blank.Begun.Split(' ');
        var fields = new List<Field>(blank.Gaps.Count);
        var letters = MostLetters;
        foreach (var gap in blank.Gaps)
        {
            var initial = gap.Given.Length > 0 ? gap.Given : filling.Values.GetValueOrDefault(gap.Name, "");
            var choices = gap.Source is null ? gap.Words : await KnownAsync(asker.OrganizationId, gap.Source, words);
            var length = choices.Sum(choice => choice.Length);
            var isChosen = choices.Count is > 0 and <= MostChoices && choices.All(choice => choice.Length <= Option.Longest) && length <= letters;
            if (isChosen) letters -= length;
            fields.Add(isChosen
                ? new Field.Choice(gap.Name, gap.Label, gap.Required, [.. choices.Select(choice => new Option(choice, choice))], choices.Contains(initial) ? initial : null) { Hint = gap.Hint }
                : new Field.Line(gap.Name, gap.Label, gap.Required, gap.IsLong, LongestValue, initial) { Hint = gap.Hint });
        }
        // Opened again after an error, it still goes by what was looked at then.
        var further = filling.Further.Any(word => blank.Begun.Contains($" {word} ", StringComparison.Ordinal)) ? [] : filling.Further;
        return new Form(ActionIds.CommandForm, string.Join(' ', [blank.Begun, .. further]), blank.Title, blank.Submit, fields);
    }

    /// <summary>The words of a kind that only the database knows.</summary>
    /// <param name="line">The steps are those of the campaign that it names.</param>
    public async Task<IReadOnlyList<string>> KnownAsync(int organizationId, string source, IReadOnlyCollection<string> line) => source switch
    {
        Values.CampaignKeys => (await connection.QueryAsync<string>(
            "select key from campaigns where organization_id = @organizationId order by key", new { organizationId })).AsList(),
        Values.StepKeys => (await connection.QueryAsync<string>("""
            select s.key from steps s join campaigns c on c.id = s.campaign_id
            where s.organization_id = @organizationId and c.key = any(@line)
            order by s.id
            """, new { organizationId, line = line.ToArray() })).AsList(),
        Values.Templates => [.. ContentCampaigns.Names(content).Concat(await KnownAsync(organizationId, Values.CampaignKeys, [])).Distinct()],
        Values.Roles => [.. library.Roles.Append(Places.AnyRole)],
        Values.Locales => library.Locales,
        Values.Teams => await RosterWords.TeamsAsync(connection, organizationId),
        Values.RosterRoles => [.. await RosterWords.RolesAsync(connection, organizationId, library), PersonChange.Nothing],
        Values.RosterTeams => [.. await RosterWords.TeamsAsync(connection, organizationId), PersonChange.Nothing],
        Values.RosterLocations => [.. await RosterWords.LocationsAsync(connection, organizationId), PersonChange.Nothing],
        Values.RosterLocales => [.. await RosterWords.LocalesAsync(connection, organizationId, library), PersonChange.Nothing],
        Values.Workspaces => (await connection.QueryAsync<string>(
            "select name from workspaces where organization_id = @organizationId order by name", new { organizationId })).AsList(),
        _ => throw new InvalidOperationException($"Nobody knows the words of '{source}'."),
    };
}

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
            var initial = filling.Of(gap);
            var known = gap.Source is null ? gap.Words : await KnownAsync(asker.OrganizationId, gap.Source, words);
            var field = gap.HintOfList is null ? OneOf(gap, known, initial, letters) : SomeOf(gap, known, initial, letters);
            letters -= field switch { Field.Choice choice => Letters(choice.Options), Field.Choices choices => Letters(choices.Options), _ => 0 };
            fields.Add(field);
        }
        // Opened again after an error, it still goes by what was looked at then.
        var further = filling.Further.Any(word => blank.Begun.Contains($" {word} ", StringComparison.Ordinal)) ? [] : filling.Further;
        return new Form(ActionIds.CommandForm, string.Join(' ', [blank.Begun, .. further]), blank.Title, blank.Submit, fields) { Look = blank.Look };
    }

    static Field OneOf(Gap gap, IReadOnlyList<string> known, string initial, int letters) => Options(known, letters) is { } options
        ? new Field.Choice(gap.Name, gap.Label, gap.Required, options, known.Contains(initial) ? initial : null) { Hint = gap.Hint }
        : Typed(gap, initial);

    static Field SomeOf(Gap gap, IReadOnlyList<string> known, string initial, int letters)
    {
        var chosen = (CampaignEditing.ListOf(initial) ?? []).Select(word => known.FirstOrDefault(one => one.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? word).Distinct().ToList();
        // Whom nobody belongs to any more stays on the list: it would be lost unseen.
        return known.Count > 0 && !known.Any(word => word.Contains(',')) && Options([.. known.Union(chosen)], letters) is { } options
            ? new Field.Choices(gap.Name, gap.Label, gap.Required, options, chosen, None: "Everybody") { Hint = gap.HintOfList }
            : Typed(gap, initial);
    }

    static Field.Line Typed(Gap gap, string initial) =>
        new(gap.Name, gap.Label, gap.Required, gap.IsLong, LongestValue, initial) { Hint = gap.Hint, TakesFile = gap.TakesFile };

    /// <returns>Null where they are none, or too many to be chosen from.</returns>
    static List<Option>? Options(IReadOnlyList<string> words, int letters) =>
        words.Count is > 0 and <= MostChoices && words.All(word => word.Length <= Option.Longest) && words.Sum(word => word.Length) <= letters
            ? [.. words.Select(word => new Option(word, word))]
            : null;

    static int Letters(IEnumerable<Option> options) => options.Sum(option => option.Value.Length);

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
        Values.Locations => await RosterWords.LocationsAsync(connection, organizationId),
        Values.AudienceRoles => await RosterWords.RolesAsync(connection, organizationId),
        Values.RosterRoles => [.. await RosterWords.RolesAsync(connection, organizationId, library), PersonChange.Nothing],
        Values.RosterTeams => [.. await RosterWords.TeamsAsync(connection, organizationId), PersonChange.Nothing],
        Values.RosterLocations => [.. await RosterWords.LocationsAsync(connection, organizationId), PersonChange.Nothing],
        Values.RosterLocales => [.. await RosterWords.LocalesAsync(connection, organizationId, library), PersonChange.Nothing],
        Values.Workspaces => (await connection.QueryAsync<string>(
            "select name from workspaces where organization_id = @organizationId order by name", new { organizationId })).AsList(),
        _ => throw new InvalidOperationException($"Nobody knows the words of '{source}'."),
    };
}

using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Governance;

namespace NudgeBot.Campaigns;

/// <summary>What may be done next with a campaign as it stands now, as buttons: whoever has read nothing gets from the idea to the report by what is offered.</summary>
static class NextSteps
{
    /// <param name="but">The command that was just answered, which need not be offered again.</param>
    public static async Task<Block.Buttons> OfAsync(NpgsqlConnection connection, Asker asker, Campaign campaign, string but)
    {
        var (state, isPaused) = await StateAsync(connection, asker.OrganizationId, campaign.Key);
        var key = campaign.Key;
        Button[] edit = campaign.Managed == ManagedBy.Chat ? [Line($"campaign edit {key}", "Change it")] : [];
        Button[] goal = campaign.Managed == ManagedBy.Chat && campaign.Goals.Count == 0 ? [AddGoal(key)] : [];
        Button[] audit = asker.May >= Needs.Admin ? [Line($"audit --campaign {key}", "Audit")] : [];
        IEnumerable<Button> next = state switch
        {
            CampaignState.Draft => [Look(key), .. edit, Preview(key), Line($"campaign forecast {key}", "Forecast"), .. goal, Readiness(key), Launch(key)],
            CampaignState.Scheduled or CampaignState.Running => [Look(key), Rollout(key), Review(key), Report(key), isPaused ? Resume(key) : Pause(key), .. audit],
            CampaignState.Ended => [Look(key), Report(key), .. audit],
        };
        return new Block.Buttons([.. next.Where(button => !button.Payload.StartsWith($"{but} ", StringComparison.Ordinal))]);
    }

    /// <summary>After a forecast, whoever is told of it.</summary>
    public static async Task<Block.Buttons> AfterForecastAsync(NpgsqlConnection connection, int organizationId, string key) =>
        new((await StateAsync(connection, organizationId, key)).State == CampaignState.Draft ? [Look(key), Readiness(key), Launch(key)] : [Look(key)]);

    public static Button Look(string key) => Line($"campaign show {key}", "Look at it");

    public static Button Preview(string key) => Line($"campaign preview {key}", "Preview a step");

    public static Button AddGoal(string key) => Line($"goal add {key}", "Add a goal");

    public static Button Readiness(string key) => Line($"readiness show {key}", "Readiness");

    public static Button Launch(string key) => Line($"campaign launch {key}", "Launch");

    public static Button Rollout(string key) => Line($"rollout show {key}", "Rollout");

    public static Button Review(string key) => Line($"review show {key}", "Review");

    public static Button Report(string key) => Line($"campaign report {key}", "Report");

    public static Button Pause(string key) => Line($"campaign pause {key}", "Pause");

    public static Button Resume(string key) => Line($"campaign resume {key}", "Resume");

    public static Button Line(string line, string label) => new(ActionIds.Command, line, label);

    static async Task<(CampaignState State, bool IsPaused)> StateAsync(NpgsqlConnection connection, int organizationId, string key)
    {
        var (state, paused) = await connection.QuerySingleAsync<(string, bool)>(
            "select state, paused from campaigns where organization_id = @organizationId and key = @key", new { organizationId, key });
        return (Words.Parse<CampaignState>(state), paused);
    }
}

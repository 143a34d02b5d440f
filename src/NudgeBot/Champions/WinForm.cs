using System.Globalization;
using Dapper;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.People;

namespace NudgeBot.Champions;

/// <summary>The form in which somebody tells a win. What is sent is kept, and due at once in the wins channel.</summary>
sealed class WinForm(NpgsqlConnection connection, Journeys journeys, Senders senders)
{
    const string What = "what";
    const string Tool = "tool";
    const string Prompt = "prompt";
    const string Minutes = "minutes";

    const int LongestWhat = 1000;
    const int LongestTool = 60;
    const int LongestPrompt = 4000;
    const int MostMinutes = 10_080;

    /// <param name="what">Words that were typed with the command: they stand in the form, so that nothing is posted unseen.</param>
    public async Task<Reply> OpenAsync(Sender from, string what, CancellationToken cancellation)
    {
        var locale = await senders.LocaleAsync(from, cancellation);
        string Say(string phrase) => Phrases.Say(locale, phrase);
        var tools = await ToolsAsync(from.OrganizationId, cancellation);
        return Reply.With(new ReplyPart.Open(new Form(ActionIds.WinForm, Payload: "", Say("win-title"), Say("send"),
        [
            // Words that are too long are all there, for their author to shorten.
            new Field.Line(What, Say("win-what"), Required: true, Multiline: true, Math.Max(LongestWhat, what.Length), what) { Hint = Say("win-what-hint") },
            tools.Count > 0
                ? new Field.Choice(Tool, Say("win-tool"), Required: true, tools, tools is [var only] ? only.Value : null)
                : new Field.Line(Tool, Say("win-tool"), Required: true, MaxLength: LongestTool),
            new Field.Line(Prompt, Say("win-prompt"), Required: false, Multiline: true, LongestPrompt) { Hint = Say("win-prompt-hint") },
            new Field.Number(Minutes, Say("win-minutes"), Required: false, Min: 0, MostMinutes),
        ])));
    }

    public async Task<Reply> TakeAsync(ChatEvent.Submitted form, CancellationToken cancellation)
    {
        var locale = await senders.LocaleAsync(form.From, cancellation);
        string Value(string field) => Typography.Clean(form.Values.GetValueOrDefault(field, "").ReplaceLineEndings("\n")).Trim();
        var (what, tool, prompt) = (Value(What), Value(Tool), Value(Prompt));
        int? minutes = int.TryParse(Value(Minutes), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        var errors = new Dictionary<string, string>();
        void Must(string field, bool holds, string otherwise, params (string, string)[] values)
        {
            if (!holds) errors.TryAdd(field, Phrases.Say(locale, otherwise, values));
        }
        void MustFit(string field, string value, int longest) => Must(field, value.Length <= longest, "win-too-long", ("most", Number(longest)), ("length", Number(value.Length)));
        Must(What, what.Length > 0, "win-what-empty");
        MustFit(What, what, LongestWhat);
        Must(Tool, tool.Length > 0, "win-tool-empty");
        MustFit(Tool, tool, LongestTool);
        MustFit(Prompt, prompt, LongestPrompt);
        Must(Minutes, minutes <= MostMinutes || Value(Minutes).Length == 0, "win-minutes-error", ("most", Number(MostMinutes)));
        if (errors.Count > 0) return Reply.With(new ReplyPart.Errors(errors));

        // A tool that is none of the choices was typed into the line that stands there without a campaign.
        var chosen = (await ToolsAsync(form.From.OrganizationId, cancellation)).FirstOrDefault(option => option.Value == tool);
        var hasChannel = await KeepAsync(form, what, chosen?.Label ?? tool, prompt, minutes, cancellation);
        return Reply.With(new ReplyPart.Whisper(Message.Say(Phrases.Say(locale, hasChannel ? "win-thanks" : "win-thanks-no-channel"))));
    }

    /// <returns>Whether there is a channel to post it to.</returns>
    async Task<bool> KeepAsync(ChatEvent.Submitted form, string what, string tool, string prompt, int? minutes, CancellationToken cancellation)
    {
        return await connection.QuerySingleAsync<bool>("""
            with heard as (
              update persons set heard_at = greatest(heard_at, @at) where organization_id = @organizationId and id = @personId),
            told as (
              insert into wins (organization_id, workspace_id, person_id, tool, what, prompt, minutes, at, due_at)
              select organization_id, workspace_id, person_id, @tool, @what, @prompt, @minutes, @at, @at
              from accounts where organization_id = @organizationId and id = @accountId and person_id = @personId
              returning workspace_id)
            select w.wins_channel is not null from told join workspaces w on w.id = told.workspace_id
            """, new { form.From.OrganizationId, form.From.PersonId, form.From.AccountId, tool, what, prompt, minutes, form.At });
    }

    /// <summary>The tools that the organization has or had a campaign for, the latest first.</summary>
    async Task<IReadOnlyList<Option>> ToolsAsync(int organizationId, CancellationToken cancellation)
    {
        var versions = (await connection.QueryAsync<int>("""
            select journey_version_id from campaigns
            where organization_id = @organizationId and journey_version_id is not null and state <> 'draft'
            order by start_on desc, id desc
            """, new { organizationId })).AsList();
        var campaigns = new List<Campaign>(versions.Count);
        foreach (var version in versions) campaigns.Add((await journeys.GetAsync(organizationId, version, cancellation)).Campaign);
        return [.. campaigns.DistinctBy(campaign => campaign.Tool).Select(campaign => new Option(campaign.Tool, Typography.Cut(campaign.ToolName, Option.Longest)))];
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using NodaTime;
using NodaTime.Text;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Guides;
using NudgeBot.Nudging;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>What everybody can ask for at any time, nudged or held out, before, during and after a campaign.</summary>
sealed class PersonalCommands(CurrentCampaigns currentCampaigns, ResponseLog log, Composer composer)
{
    static readonly LocalDatePattern IsoDate = LocalDatePattern.Iso;

    public async Task<Reply> GuideAsync(ChatEvent.Command command, SpeakingPerson person, GuideChoice? asked, CancellationToken cancellation)
    {
        var current = await currentCampaigns.OfAsync(command.From, cancellation);
        var recipient = new Recipient(person.Name, person.Locale, person.Role, person.Chore, Variant: "*", Account: null);
        var today = command.At.InZone(ZoneOf(person)).Date;
        var which = asked ?? Next(current.FirstOrDefault()?.DayZero, today);
        if (which == GuideChoice.Chore)
            return Whisper(new Message([.. composer.ChoreBlocks(recipient, chore => chore.Better, "five-minutes")]));

        return composer.Guide(Words.Of(which), recipient, current.FirstOrDefault()?.Journey.Campaign) is { } guide
            ? Whisper(guide)
            : Whisper(person, "guide-none");
    }

    public async Task<Reply> UsedAsync(ChatEvent.Command command, SpeakingPerson person, int? minutes, CancellationToken cancellation)
    {
        var tools = (await currentCampaigns.OfAsync(command.From, cancellation)).Select(c => c.Journey.Campaign).DistinctBy(c => c.Tool).ToList();
        if (tools.Count == 0) return Whisper(person, "used-no-campaign");
        foreach (var campaign in tools)
        {
            await log.WriteAsync(command.From, new Answer(ResponseKind.Used, command.At, Minutes: minutes)
            {
                Tool = campaign.Tool,
                UsedOn = command.At.InZone(ZoneOf(person)).Date,
            }, cancellation);
        }
        return Whisper(person, "used-thanks", ("tool", string.Join(", ", tools.Select(campaign => campaign.ToolName))));
    }

    /// <summary>With a reason it is noted; without one the reasons are offered by the last check-in's select.</summary>
    public async Task<Reply> BlockedAsync(ChatEvent.Command command, SpeakingPerson person, string? why, CancellationToken cancellation)
    {
        await log.WriteAsync(command.From, new Answer(ResponseKind.Blocked, command.At, Value: why), cancellation);
        return why is null ? Whisper(person, "blocked-say-why") : Whisper(person, "text-thanks");
    }

    public async Task<Reply> SnoozeAsync(ChatEvent.Command command, SpeakingPerson person, int days, CancellationToken cancellation)
    {
        var until = Answers.SnoozeEnd(command.At, ZoneOf(person), days);
        await log.WriteAsync(command.From, new Answer(ResponseKind.Snooze, command.At) { SnoozedUntil = until }, cancellation);
        return Whisper(person, "snoozed", ("date", DateOf(until, person)));
    }

    public async Task<Reply> StopAsync(ChatEvent.Command command, SpeakingPerson person, CancellationToken cancellation)
    {
        await log.WriteAsync(command.From, new Answer(ResponseKind.Stop, command.At), cancellation);
        return Whisper(person, "stopped");
    }

    public async Task<Reply> ResumeAsync(ChatEvent.Command command, SpeakingPerson person, CancellationToken cancellation)
    {
        await log.WriteAsync(command.From, new Answer(ResponseKind.Resume, command.At), cancellation);
        return Whisper(person, "resumed");
    }

    public static Message Settings(ChatEvent.Command command, SpeakingPerson person)
    {
        var state = person.OptedOutAt is not null ? Phrases.Say(person.Locale, "state-stopped")
            : person.SnoozedUntil > command.At ? Phrases.Say(person.Locale, "state-snoozed", ("date", DateOf(person.SnoozedUntil.Value, person)))
            : Phrases.Say(person.Locale, "state-active");
        var role = person.Role.Length > 0 ? Markdown.Escape(person.Role) : Phrases.Say(person.Locale, "unknown");
        return Message.Say(Phrases.Say(person.Locale, "settings", ("locale", person.Locale), ("zone", person.TimeZone), ("role", role), ("state", state)));
    }

    public async Task<Reply> PrivacyAsync(ChatEvent.Command command, SpeakingPerson person, CancellationToken cancellation)
    {
        var tools = (await currentCampaigns.OfAsync(command.From, cancellation)).Select(c => c.Journey.Campaign.ToolName).Distinct().ToList();
        return Whisper(person, "privacy", ("tool", tools.Count > 0 ? string.Join(", ", tools) : Phrases.Say(person.Locale, "any-tool")));
    }

    /// <summary>The guide of the days since day 0; the first one where there is no day 0.</summary>
    static GuideChoice Next(LocalDate? dayZero, LocalDate today) =>
        dayZero is not { } zero || today < zero.PlusDays(3) ? GuideChoice.Day1
        : today < zero.PlusDays(5) ? GuideChoice.Day3
        : GuideChoice.Day5;

    static DateTimeZone ZoneOf(SpeakingPerson person) => DateTimeZoneProviders.Tzdb[person.TimeZone];

    static string DateOf(Instant instant, SpeakingPerson person) => IsoDate.Format(instant.InZone(ZoneOf(person)).Date);

    static Reply Whisper(SpeakingPerson person, string phrase, params (string, string)[] values) =>
        Whisper(Message.Say(Phrases.Say(person.Locale, phrase, values)));

    static Reply Whisper(Message message) => Reply.With(new ReplyPart.Whisper(message));
}

using System.Globalization;
using NodaTime;
using NodaTime.Text;
using NudgeBot.Chat;
using NudgeBot.People;
using NudgeBot.Retention;

namespace NudgeBot.Forecasting;

/// <summary>A forecast as a message: what it comes to, a line for each step, what to do about it, and what it takes for granted.</summary>
public static class ForecastText
{
    const int NameWidth = 22;

    /// <summary>Chat platforms take about 3,000 letters a block.</summary>
    const int MostLines = 36;

    const int MostReasons = 3;

    /// <summary>The week that the field's figures speak of last.</summary>
    const int WeekOfLift = 3;

    public static Message Of(CampaignForecast forecast)
    {
        var blocks = new List<Block> { new Block.Text(string.Join('\n', Summary(forecast))) };
        blocks.AddRange(forecast.Steps.SelectMany(Lines).Chunk(MostLines - 1).Select(part => new Block.Prompt(string.Join('\n', part.Prepend(Header)))));
        if (WhatToDo(forecast).ToList() is { Count: > 0 } advice) blocks.Add(new Block.Text($"**What to do**\n{string.Join('\n', advice.Select(line => $"- {line}"))}"));
        blocks.Add(new Block.Context(
            $"As things stand on {Utc(forecast.AsOf)} UTC, and for {Iso(forecast.From)} to {Iso(forecast.To)}. It takes for granted that nobody answers, "
            + "nobody uses anything new, and nobody comes or moves; people who answer get more messages, and people who use the tool others. Times are UTC. Nothing was sent or changed."));
        return new Message(blocks);
    }

    static IEnumerable<string> Summary(CampaignForecast forecast)
    {
        var people = forecast.People;
        yield return $"**Forecast of {forecast.CampaignKey}**";
        yield return $"- {Count(people.Nudged, "person gets", "people get")} messages, {Number(people.HeldOut)} are held out, {Number(people.Waiting)} wait for a larger rollout; the audience is {Number(people.InAudience)}.";
        if (people.Nudged > 0)
            yield return $"- Messages per person: {forecast.Messages.Median} in the middle, nine of ten get at most {forecast.Messages.Ninetieth}, the most is {forecast.Messages.Most}. At most {forecast.Messages.MostInSevenDates} on seven dates in a row, other campaigns included.";
        foreach (var load in forecast.Load) yield return $"- {OfLoad(load)}";
        yield return forecast.Unreached.Count == 0
            ? "- Everybody who is to get messages can be reached."
            : $"- {Number(forecast.Unreached.Count)} of {Number(people.Nudged)} cannot be reached as they should: {OfUnreached(forecast.Unreached)}.";
        foreach (var collision in forecast.Collisions) yield return $"- {OfCollision(collision)}";
        yield return $"- {OfLift(forecast)}";
    }

    static string OfLoad(WorkspaceLoad load)
    {
        var peak = $"The fullest hour of {Markdown.Escape(load.Workspace)} ({load.Platform}) begins at {Utc(load.Peak.From)} with {Count(load.Peak.Messages, "message", "messages")}";
        return load.PerHour is { } perHour
            ? $"{peak}, of {Number(perHour)} that the platform takes; the longest queue lasts {Minutes(load.LongestQueue)}{(load.TooLate == 0 ? ", and all fits into the sending window." : $", and {Number(load.TooLate)} do not fit into the sending window.")}"
            : $"{peak}; the platform has no limit.";
    }

    static string OfUnreached(IReadOnlyList<Unreached> unreached) => string.Join("; ", unreached
        .CountBy(one => one.Reason).OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal)
        .Select(reason => $"{Number(reason.Value)}: {Markdown.Escape(PreflightText.Explain(reason.Key).Why)}"));

    static string OfCollision(Collision collision)
    {
        var parts = new List<string>();
        if (collision.Moved + collision.Lost > 0) parts.Add($"{Number(collision.Moved)} messages come later and {Number(collision.Lost)} not at all because of it");
        if (collision.MovedThere + collision.LostThere > 0) parts.Add($"{Number(collision.MovedThere)} of its own come later and {Number(collision.LostThere)} not at all because of this one");
        return $"The caps collide with **{collision.CampaignKey}**: {string.Join("; ", parts)}.";
    }

    static string OfLift(CampaignForecast forecast)
    {
        if (forecast.Lift.Count == 0) return "Nobody is held out, or not long enough: whether the messages did anything cannot be told.";
        var week = forecast.Lift.FirstOrDefault(one => one.Week == WeekOfLift) ?? forecast.Lift[^1];
        var from = $"from {Percent(week.Baseline)} ({(week.IsMeasured ? "measured" : "the field's figure")}), {Number(week.Nudged)} against {Number(week.HeldOut)} people, on {Iso(week.By)}";
        return week.Lift is { } lift
            ? $"The smallest lift in week {week.Week} that will show is {Points(lift)} points: {from}."
            : $"No lift in week {week.Week} will show: {from}.";
    }

    static string Header => $"{"Step".PadRight(NameWidth)}{"Sent",8}{"Late",8}{"Not sent",10}  First and last";

    static IEnumerable<string> Lines(StepForecast step)
    {
        var notSent = step.NotSent.Sum(one => one.Count);
        yield return $"{Figures.Name(step.Key, NameWidth)}{Number(step.Sent),8}{Number(step.SentLate),8}{Number(notSent),10}  {When(step)}".TrimEnd();
        if (step.Alternative > 0) yield return $"  {Number(step.Alternative)} with the other message";
        if (notSent > 0)
        {
            var rest = step.NotSent.Skip(MostReasons).Sum(one => one.Count);
            yield return $"  {string.Join(", ", step.NotSent.Take(MostReasons).Select(one => $"{Number(one.Count)} {one.Reason}"))}{(rest > 0 ? $", {Number(rest)} other" : "")}";
        }
        if (step.Open > 0) yield return $"  {Number(step.Open)} after the last date";
    }

    static string When(StepForecast step) => (step.First, step.Last) switch
    {
        ({ } first, { } last) when first == last => Short(first),
        ({ } first, { } last) => $"{Short(first)} to {Short(last)}",
        _ => "",
    };

    static IEnumerable<string> WhatToDo(CampaignForecast forecast)
    {
        if (forecast.HasNoWorkspace) yield return "No chat platform is connected: the campaign does not start before one is.";
        if (forecast.Paused) yield return "The campaign is paused: what is due meanwhile is skipped after three working days. Resume it in time.";
        if (forecast.LookedFor > 0) yield return $"{Count(forecast.LookedFor, "person has", "people have")} not been looked for in the workspace yet: ask again in an hour.";
        else if (forecast.Unreached.Count > 0) yield return "`people check` tells for each person what to do.";
        if (forecast.Load.Any(load => load.TooLate > 0)) yield return "Begin with a smaller rollout, or let teams begin on different dates: what does not fit goes out a working day later, or is skipped.";
        if (forecast.Collisions.Any(collision => collision.Lost + collision.LostThere > 0)) yield return "Start the campaigns some weeks apart: people get one message a date and three on seven dates, whatever the campaign.";
        if (forecast.Steps.Any(step => step.IsForTeams && step.NotSent.Any(one => one.Reason == "no-channel"))) yield return "Some teams have no channel: their posts are lost.";
    }

    static string Count(int count, string one, string many) => $"{Number(count)} {(count == 1 ? one : many)}";

    static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Percent(double share) => Figures.Percent(share);

    static string Points(double lift) => (lift * 100).ToString("0.0", CultureInfo.InvariantCulture);

    static string Minutes(Duration duration) => duration.TotalMinutes < 1 ? "less than a minute" : duration.TotalHours < 2
        ? $"{Math.Ceiling(duration.TotalMinutes):0} minutes"
        : $"{duration.TotalHours:0.0} hours";

    static string Utc(Instant instant) => instant.InUtc().ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);

    static string Short(Instant instant) => instant.InUtc().ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);
}

using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Retention;

namespace NudgeBot.Commands;

/// <summary>What owners and administrators do with campaigns.</summary>
public abstract record CampaignRequest : CommandRequest
{
    private CampaignRequest() { }

    /// <param name="Page">From 1.</param>
    public sealed record List(int Page) : CampaignRequest;

    public sealed record Show(string Key) : CampaignRequest;

    /// <param name="Template">The key of the campaign whose journey is taken, or the name of a file of the content folder.</param>
    public sealed record Create(string Key, string Tool, When Start, string Owner, string? Template, CampaignChange Change) : CampaignRequest;

    /// <param name="BasedOn">The version that was looked at; null: the one that is there.</param>
    public sealed record Edit(string Key, CampaignChange Change, int? BasedOn) : CampaignRequest;

    /// <inheritdoc cref="Edit"/>
    public sealed record EditStep(string Key, string Step, StepChange Change, int? BasedOn) : CampaignRequest;

    /// <summary>The words of a step, for a locale and a role.</summary>
    /// <inheritdoc cref="Edit"/>
    public sealed record EditText(string Key, string Step, string? Locale, string? Role, string? Words, int? BasedOn) : CampaignRequest;

    /// <summary>Who is under way goes over to the newest version.</summary>
    public sealed record Move(string Key) : CampaignRequest;

    /// <param name="File">In the terminal: where it is read.</param>
    /// <param name="Draft">One that is new is not launched by it.</param>
    public sealed record Apply(string? File, string? Yaml, bool Draft) : CampaignRequest;

    public sealed record Export(string Key) : CampaignRequest;

    /// <summary>A step as somebody will see it; what is null is chosen from what there is.</summary>
    public sealed record Preview(string Key, string Step, string? Role, string? Locale, string? Variant) : CampaignRequest;

    /// <param name="Asked">The forecast that was asked for before; null: a new one.</param>
    public sealed record Forecast(string Key, int? Asked) : CampaignRequest
    {
        /// <summary>In the terminal: the folder that its files are written to.</summary>
        public string? Csv { get; init; }
    }

    /// <summary>How many people still use the tool.</summary>
    public sealed record Report(string Key, Grouping? By) : CampaignRequest;

    public sealed record Pause(string Key) : CampaignRequest;

    public sealed record Resume(string Key) : CampaignRequest;

    public sealed record End(string Key) : CampaignRequest;

    public T Match<T>(
        Func<List, T> list, Func<Show, T> show, Func<Create, T> create, Func<Edit, T> edit, Func<EditStep, T> editStep, Func<EditText, T> editText,
        Func<Move, T> move, Func<Apply, T> apply, Func<Export, T> export, Func<Preview, T> preview, Func<Forecast, T> forecast, Func<Report, T> report, Func<Pause, T> pause, Func<Resume, T> resume, Func<End, T> end) => this switch
        {
            List r => list(r),
            Show r => show(r),
            Create r => create(r),
            Edit r => edit(r),
            EditStep r => editStep(r),
            EditText r => editText(r),
            Move r => move(r),
            Apply r => apply(r),
            Export r => export(r),
            Preview r => preview(r),
            Forecast r => forecast(r),
            Report r => report(r),
            Pause r => pause(r),
            Resume r => resume(r),
            End r => end(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}

/// <summary>What is to be different of a campaign; null stays as it is. Lists are words with commas between, or <c>all</c>.</summary>
public sealed record CampaignChange
{
    public string? Name { get; init; }
    public string? ToolName { get; init; }
    public string? Roles { get; init; }
    public string? Teams { get; init; }
    public string? Locations { get; init; }
    public When? Start { get; init; }
    public int? Holdout { get; init; }
    public string? BackOff { get; init; }

    public static readonly CampaignChange None = new();
}

/// <summary>What is to be different of a step; null stays as it is.</summary>
public sealed record StepChange
{
    public int? Day { get; init; }
    public LocalTime? At { get; init; }
    public string? Text { get; init; }

    /// <summary>As the campaign's file has it, or <c>always</c>.</summary>
    public string? OnlyIf { get; init; }

    /// <summary>A text's name, or <c>skip</c>.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Words with commas between, or <c>all</c>.</summary>
    public string? Entries { get; init; }
    public bool? Essential { get; init; }
}

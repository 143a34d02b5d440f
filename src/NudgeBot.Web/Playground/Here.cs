using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace NudgeBot.Web.Playground;

/// <summary>What the visitor looks at. The page's address says all of it, so a reload, a link and the back button show the same.</summary>
/// <param name="PersonId">Whom the visitor plays; null: nobody yet.</param>
/// <param name="Channel">Null: the person's chat with NudgeBot.</param>
/// <param name="Pane">What a narrow screen shows; a wide one shows all of them.</param>
/// <param name="Draft">What stands in the box to begin with.</param>
public sealed record Here(long? PersonId = null, string? Channel = null, Pane Pane = Pane.Chat, string? Draft = null)
{
    public const string Person = "person";
    public const string ChannelName = "channel";
    public const string PaneName = "pane";
    public const string DraftName = "draft";

    public static Here From(IQueryCollection query) => new(
        long.TryParse(query[Person], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
        query[ChannelName] is [{ Length: > 0 } channel] ? channel : null,
        Words.TryParse<Pane>(query[PaneName], out var pane) ? pane : Pane.Chat,
        query[DraftName] is [{ Length: > 0 } draft] ? draft : null);

    public string Page => $"/{Query}";

    /// <param name="action">Something to do here, e.g. <c>press</c>.</param>
    public string To(string action) => $"/{action}{Query}";

    string Query
    {
        get
        {
            var query = new QueryBuilder();
            if (PersonId is { } id) query.Add(Person, id.ToString(CultureInfo.InvariantCulture));
            if (Channel is not null) query.Add(ChannelName, Channel);
            if (Pane != Pane.Chat) query.Add(PaneName, Words.Of(Pane));
            if (Draft is not null) query.Add(DraftName, Draft);
            return query.ToQueryString().Value ?? "";
        }
    }
}

public enum Pane { Chat, People, Engine }

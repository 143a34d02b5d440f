using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace NudgeBot.FakeSlack.Page;

/// <summary>What the visitor looks at. The page's address says all of it, so a reload, a link and the back button show the same.</summary>
/// <param name="User">Null: nobody yet.</param>
/// <param name="Place">A channel's id; null: the direct messages with the app.</param>
/// <param name="Home">The app's Home tab, and not its messages.</param>
/// <param name="Thread">The message that the next one answers to.</param>
/// <param name="Pane">What a narrow screen shows: <c>people</c>, <c>chat</c> or <c>heard</c>; a wide one shows all.</param>
public sealed record Look(string? User = null, string? Place = null, bool Home = false, string? Thread = null, string Pane = "chat")
{
    public static Look From(IQueryCollection query)
    {
        string? Value(string name) => query[name] is [{ Length: > 0 } value] ? value : null;
        return new Look(Value("user"), Value("place"), Value("tab") == "home", Value("thread"), Value("pane") ?? "chat");
    }

    public string Page => $"/{Query}";

    /// <param name="action">Something to do here, e.g. <c>press</c>.</param>
    public string To(string action) => $"/page/{action}{Query}";

    string Query
    {
        get
        {
            var query = new QueryBuilder();
            if (User is not null) query.Add("user", User);
            if (Place is not null) query.Add("place", Place);
            if (Home) query.Add("tab", "home");
            if (Thread is not null) query.Add("thread", Thread);
            if (Pane != "chat") query.Add("pane", Pane);
            return query.ToQueryString().Value ?? "";
        }
    }
}

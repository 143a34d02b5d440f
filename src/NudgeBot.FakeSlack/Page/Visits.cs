using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.Calling;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Page;

/// <summary>What visitors of the page do as the users, and what Slack tells them about it.</summary>
sealed class Visits(FakeSlackServer server)
{
    readonly ConcurrentDictionary<string, string> _notices = [];

    /// <summary>What the last of the host's actions told.</summary>
    public string? HostLine { get; private set; }

    public string? NoticeFor(User user) => _notices.GetValueOrDefault(user.Id);

    public Task SayAsync(User user, Channel? channel, string? thread, string text)
    {
        if (!text.StartsWith('/')) return ActAsync(user, Task () => server.Acting.SayAsync(user, text, channel, thread));
        var (name, rest) = text.Split(' ', 2) is [var command, var words] ? (command, words) : (text, "");
        return server.App.Commands.Any(known => known.Name == name)
            ? ActAsync(user, async () => await server.Acting.CommandAsync(user, name, rest, channel), name)
            : ActAsync(user, Task () => throw new InvalidOperationException($"{name} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands."));
    }

    public Task PressAsync(User user, Message message, ElementId element, IReadOnlyList<string> values) =>
        ActAsync(user, async () => await server.Acting.ChooseAsync(user, message, element, values));

    /// <param name="filled">What stands in the modal's fields by now.</param>
    public Task PressAsync(User user, View view, ElementId element, IReadOnlyList<string> values, IReadOnlyList<(ElementId, string)> filled) => ActAsync(user, async () =>
    {
        server.Acting.FillIn(view, filled);
        return await server.Acting.ChooseAsync(user, view, element, values);
    });

    public Task SubmitAsync(User user, View view, IReadOnlyList<(ElementId, string)> values) => ActAsync(user, async () => await server.Acting.SubmitViewAsync(user, view, values));

    public Task CloseAsync(User user, View view) => ActAsync(user, () => server.Acting.CloseViewAsync(user, view));

    public Task OpenHomeAsync(User user) => ActAsync(user, async () => await server.Acting.OpenHomeAsync(user));

    public Task ShortcutAsync(User user, Message message, string callbackId) => ActAsync(user, async () => await server.Acting.ShortcutAsync(user, message, callbackId));

    public async Task RunAsync(HostAction action, User? user, CancellationToken cancellation)
    {
        HostLine = await action.RunAsync(user, cancellation);
        server.Changes.Raise();
    }

    Task ActAsync(User user, Func<Task<Delivery?>> act, string? command = null) => ActAsync(user, async () =>
    {
        var delivery = await act();
        if (delivery is { Acknowledged: false } failed && failed.Attempts is [.., var last]) Tell(user, command, last);
    });

    async Task ActAsync(User user, Func<Task> act)
    {
        _notices.TryRemove(user.Id, out _);
        try
        {
            await server.Host.Visits(user, act);
        }
        catch (InvalidOperationException refused)
        {
            // What Slack itself would not let a person do: an empty field, a button that is gone.
            _notices[user.Id] = refused.Message;
        }
        server.Changes.Raise();
    }

    void Tell(User user, string? command, Attempt failed)
    {
        var why = failed.Failure == "http_timeout" ? "operation_timeout" : "dispatch_failed";
        _notices[user.Id] = command is null ? $"{server.App.Name} did not answer ({failed.Status?.ToString() ?? why})." : $"{command} failed with the error “{why}”.";
    }
}

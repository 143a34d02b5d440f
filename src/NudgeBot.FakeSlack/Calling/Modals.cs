using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.BlockKit;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Calling;

/// <summary>The modals that people have open, one on top of another.</summary>
sealed class Modals(SlackWorld world)
{
    /// <summary>From the bottom to the top.</summary>
    public List<View> Of(User user)
    {
        var stacks = world.Teams[user.TeamId].Modals;
        return stacks.TryGetValue(user.Id, out var stack) ? stack : stacks[user.Id] = [];
    }

    /// <summary>In place of all that were open.</summary>
    public View Open(User user, JsonObject sent)
    {
        Of(user).Clear();
        return Push(user, sent);
    }

    public View Push(User user, JsonObject sent)
    {
        var stack = Of(user);
        var view = New(world, user, sent, stack.LastOrDefault());
        stack.Add(view);
        return view;
    }

    public static View New(SlackWorld world, User user, JsonObject sent, View? previous)
    {
        var id = world.Ids.Next("V");
        var view = new View
        {
            Id = id,
            TeamId = user.TeamId,
            UserId = user.Id,
            RootId = previous?.RootId ?? id,
            PreviousId = previous?.Id,
            Hash = NewHash(world),
            Sent = sent,
        };
        view.Values = InitialValues.Of(view.Blocks);
        return view;
    }

    /// <summary>What was filled in stays where block and action ids stay.</summary>
    public static void Replace(SlackWorld world, View view, JsonObject sent)
    {
        var before = view.Values;
        view.Sent = sent;
        view.Hash = NewHash(world);
        view.Values = InitialValues.Of(view.Blocks);
        foreach (var (block, actions) in view.Values)
            foreach (var action in actions!.AsObject().Select(field => field.Key).ToList())
                if (before[block]?[action] is { } filled)
                    actions[action] = filled.DeepClone();
    }

    static string NewHash(SlackWorld world) => $"{world.NextTs()[..10]}.{Ids.Secret(4)}";
}

namespace NudgeBot.FakeSlack.Calling;

/// <summary>Something to press, choose or fill in: by its action id, and by its block's where several have the same.</summary>
public readonly record struct ElementId(string ActionId, string? BlockId = null)
{
    public static implicit operator ElementId(string actionId) => new(actionId);

    public override string ToString() => ActionId;
}

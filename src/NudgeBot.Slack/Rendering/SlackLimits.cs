namespace NudgeBot.Slack.Rendering;

/// <summary>
/// What Slack refuses beyond, in UTF-16 units: docs.slack.dev, reference of blocks, elements, composition objects and views. Lengths are of the
/// text as it is sent, entities included.
/// </summary>
static class SlackLimits
{
    public const int MessageBlocks = 50;
    public const int ViewBlocks = 100;
    public const int ActionElements = 25;
    public const int Options = 100;

    public const int Text = 3000;
    public const int ContextText = 2000;
    public const int ButtonText = 75;
    public const int ButtonValue = 2000;
    public const int OptionText = 75;
    public const int OptionValue = 150;
    public const int Placeholder = 150;
    public const int Id = 255;
    public const int Label = 2000;
    public const int Title = 24;
    public const int PrivateMetadata = 3000;
    public const int InputLength = 3000;

    /// <summary>
    /// Of all texts of one message together. Not in the reference: <c>chat.postMessage</c> answers <c>msg_blocks_too_long</c> from about 13,300 on, of
    /// which a block takes some 125 for itself (slackapi/bolt-js #2509, #2867).
    /// </summary>
    public const int MessageText = 12_000;
    public const int BlockOverhead = 125;

    /// <summary>Of the blocks: a view may have 250 KB with all that is around them.</summary>
    public const int Json = 230_000;
}

namespace NudgeBot.FakeSlack;

/// <summary>A Slack to test against and to look at: its Web API, its events and its limits, on this machine.</summary>
public sealed class FakeSlackServer
{
}

using NudgeBot.Commands;

namespace NudgeBot.Tests.Commands;

/// <summary>What is offered for a word that is not quite right.</summary>
public class OfferTests
{
    [Theory]
    [InlineData("snoze", "snooze")]
    [InlineData("snoze 3", "snooze 3")]
    [InlineData("/nudge gide", "guide")]
    [InlineData("/gide day-3", "guide day-3")]
    [InlineData("gide someday", "guide")]
    [InlineData("blockd I don't “know”", "blocked I don't “know”")]
    [InlineData("hlep", "help")]
    [InlineData("sett", "settings")]
    [InlineData("stopp", "stop")]
    [InlineData("s", "snooze", "stop", "settings")]
    [InlineData("unsubscribe", "stop")]
    [InlineData("later", "snooze")]
    [InlineData("stuck", "blocked")]
    [InlineData("success", "win")]
    [InlineData("share Tests in ten minutes", "win Tests in ten minutes")]
    [InlineData("kudos", "win")]
    [InlineData("praise", "win")]
    [InlineData("story", "win")]
    [InlineData("wins", "win")]
    [InlineData("list", "win list")]
    [InlineData("help snoze", "help snooze")]
    [InlineData("guide day3", "guide day-3")]
    [InlineData("guide day 3", "guide day-1", "guide day-3", "guide day-5")]
    [InlineData("xyzzy", "help")]
    public void ForAPerson(string line, params string[] offers) => Reads.Refusal(line, Needs.Person).Offers().ShouldBe(offers);

    [Theory]
    [InlineData("camp list", "campaign list")]
    [InlineData("campain show c", "campaign show c")]
    [InlineData("campaign lst", "campaign list")]
    [InlineData("campaign", "campaign")]
    [InlineData("retenton", "retention")]
    [InlineData("retention --campagn c", "retention --campaign c")]
    [InlineData("retention -campaign c", "retention --campaign c")]
    [InlineData("retention --campaign c --by teem", "retention --campaign c --by team")]
    [InlineData("resume al", "resume all")]
    [InlineData("pause al", "pause all")]
    [InlineData("list", "win list", "campaign list", "goal list")]
    [InlineData("help campaign shw", "help campaign show")]
    public void ForAnAdministrator(string line, params string[] offers)
    {
        if (Grammar.Chat.Read(line, Needs.Admin) is Reading.Rejected rejected) rejected.Message.Offers().ShouldBe(offers);
        else offers.ShouldBe([line]);
    }

    [Theory]
    [InlineData("campain")]
    [InlineData("retenton")]
    [InlineData("resume al")]
    public void WhatOnlyOthersMayDo_IsNotOffered(string line)
    {
        var refusal = Reads.Refusal(line, Needs.Person);
        refusal.Offers().ShouldBeSubsetOf(["help"]);
        refusal.Text().ShouldNotContain("all");
    }

    [Theory]
    [InlineData("pause all", "is for administrators", "snooze")]
    [InlineData("pause", "is for administrators", "snooze")]
    [InlineData("resume all", "is for administrators", "resume")]
    [InlineData("campaign show c", "is for owners of a campaign")]
    [InlineData("help retention", "is for administrators")]
    public void WhatOnlyOthersMayDo_IsSaidToBeTheirs_WithWhatThePersonMayDo(string line, string said, params string[] offers)
    {
        var refusal = Reads.Refusal(line, Needs.Person);
        refusal.Text().ShouldContain(said);
        refusal.Text().ShouldNotContain("KEY");
        refusal.Offers().ShouldBe(offers);
    }

    [Fact]
    public void Owner_MayUseCampaigns_ButNotPauseAll()
    {
        Reads.Chat("campaign list", Needs.Owner).ShouldBe(new CampaignRequest.List(1));
        Reads.Refusal("pause all", Needs.Owner);
    }

    [Theory]
    [InlineData("simulate", "nudgebot simulate")]
    [InlineData("help usage feeds", "nudgebot usage feeds")]
    public void InChat_WhatTheTerminalDoes_IsSentThere(string line, string there) =>
        Reads.Refusal(line).Text().ShouldContain($"is not given here but in the terminal: {there}");

    [Theory]
    [InlineData("guide")]
    [InlineData("snooze 3", "snooze")]
    [InlineData("help stop", "stop")]
    public void InTheTerminal_WhatChatDoes_IsSentThere(string line, string? command = null) =>
        Grammar.Terminal.Read(line.Split(' ')).ShouldBeOfType<Reading.Rejected>().Message.Text()
            .ShouldBe($"{command ?? line} is not given here but in chat: /nudge {command ?? line}");
}

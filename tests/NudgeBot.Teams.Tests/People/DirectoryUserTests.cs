using System.Text.Json;
using NudgeBot.Teams.People;

namespace NudgeBot.Teams.Tests.People;

public class DirectoryUserTests
{
    const string Licence = """[{"service":"exchange","capabilityStatus":"Enabled"},{"service":"TeamspaceAPI","capabilityStatus":"Enabled"}]""";

    static NudgeBot.People.Member? Read(string json)
    {
        using var user = JsonDocument.Parse(json);
        return DirectoryUser.Read(user.RootElement);
    }

    [Theory]
    [InlineData("""{"assignedPlans":PLANS}""", null)]
    [InlineData("""{"accountEnabled":true,"userType":"Member","assignedPlans":PLANS}""", null)]
    [InlineData("""{"accountEnabled":true,"userType":null,"assignedPlans":PLANS}""", null)]
    [InlineData("""{"assignedPlans":[{"service":"TeamspaceAPI","capabilityStatus":"Warning"}]}""", null)]
    [InlineData("""{"assignedPlans":[{"service":"TeamspaceAPI","capabilityStatus":"Deleted"},{"service":"TeamspaceAPI","capabilityStatus":"Enabled"}]}""", null)]
    [InlineData("""{"assignedPlans":[{"service":"TeamspaceAPI","capabilityStatus":"Suspended"}]}""", "unlicensed")]
    [InlineData("""{"assignedPlans":[{"service":"MicrosoftCommunicationsOnline","capabilityStatus":"Enabled"}]}""", "unlicensed")]
    [InlineData("""{"assignedPlans":[null,7,{"service":7}]}""", "unlicensed")]
    [InlineData("""{}""", "unlicensed")]
    [InlineData("""{"accountEnabled":false,"assignedPlans":PLANS}""", "deactivated")]
    [InlineData("""{"@removed":{"reason":"changed"}}""", "deactivated")]
    [InlineData("""{"@removed":{"reason":"deleted"}}""", "deactivated")]
    [InlineData("""{"userType":"Guest","assignedPlans":PLANS}""", "guest")]
    [InlineData("""{"userType":"Member","userPrincipalName":"anna_else.example#EXT#@acme.example","assignedPlans":PLANS}""", "guest")]
    public void Tells_whether_somebody_can_be_reached(string json, string? unreachable) =>
        Read(json.Replace("PLANS", Licence).Insert(1, json == "{}" ? "\"id\":\"A\"" : "\"id\":\"A\","))!.Unreachable.ShouldBe(unreachable);

    [Fact]
    public void The_e_mail_counts_most_then_the_name_to_sign_in_with_then_other_addresses()
    {
        var member = Read("""
            {"id":"3F8B2F9E-5A51","mail":"Anna@Acme.com","userPrincipalName":"anna.berg@acme.com","proxyAddresses":["SMTP:anna@acme.com","smtp:Anna.Noe@acme.com","x500:/o=acme",7]}
            """)!;
        member.Id.ShouldBe("3f8b2f9e-5a51");
        member.Emails.ShouldBe(["anna@acme.com", "anna.berg@acme.com", "anna.noe@acme.com"]);
    }

    [Theory]
    [InlineData("""{"mail":"anna@acme.com"}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Whoever_has_no_id_is_nobody(string json) => Read(json).ShouldBeNull();
}

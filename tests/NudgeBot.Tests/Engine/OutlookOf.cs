using NodaTime;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Engine;

/// <summary>What the engine tells about the people of a company.</summary>
static class OutlookOf
{
    public static Task<long> PersonId(this NudgedCompany company, string name) =>
        company.Query<long>("select id from persons where organization_id = @id and email = @email", new { email = NudgedCompany.Email(name) });

    public static async Task<IReadOnlyList<Outlook>> Outlooks(this NudgedCompany company, string name) =>
        await company.Product.Outlooks.OfAsync(company.Id, await company.PersonId(name));

    /// <summary>Of somebody who is in one campaign.</summary>
    public static async Task<Outlook> Outlook(this NudgedCompany company, string name) => (await company.Outlooks(name)).ShouldHaveSingleItem();

    public static async Task<Instant?> NextFor(this NudgedCompany company, string name) =>
        await company.Product.Outlooks.NextForAsync(company.Id, await company.PersonId(name));

    /// <summary><c>2026-03-09T10:00 hello day 0; would be sent</c>, by the clocks in Berlin.</summary>
    public static string[] ToCome(this Outlook outlook) =>
        [.. outlook.Next.Select(step => $"{NudgedCompany.Local(step.PlannedAt)} {step.StepKey} {step.Why.InWords()}; {step.Forecast?.InWords(outlook.Zone) ?? "nothing"}")];
}

using NodaTime;
using Npgsql;

namespace NudgeBot.Retention;

/// <summary>Adoption, activity, depth, abandonment and use after nudges of a campaign, by the source that its retention goes by.</summary>
public sealed class AdoptionMeasure(NpgsqlDataSource database, ProductClock clock)
{
    /// <param name="completeTo">Null: what the feeds say, or yesterday where self-reports are all there is.</param>
    /// <exception cref="Campaigns.UnknownCampaignException"/>
    public async Task<AdoptionReport> RunAsync(
        int organizationId, string campaignKey, LocalDate? completeTo = null, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var campaign = await MeasuredCampaign.FindAsync(connection, clock, organizationId, campaignKey, completeTo);

        var (adoption, depth, abandonment) = (new Adoption(), new Depth(), new Abandonment());
        await foreach (var person in FollowUp.AllAsync(connection, organizationId, campaign, cancellation))
        {
            adoption.Add(person);
            depth.Add(person);
            abandonment.Add(person);
        }
        return new AdoptionReport(
            campaign.Source, campaign.CompleteTo, adoption.Share,
            await RollingActivity.ShareAsync(connection, organizationId, campaign, cancellation),
            depth.ActiveDatesPerActiveWeek,
            await Sessions.PerActiveDateAsync(connection, organizationId, campaign, cancellation),
            abandonment.Report(),
            await AfterNudge.ByStepAsync(connection, organizationId, campaign, cancellation));
    }
}

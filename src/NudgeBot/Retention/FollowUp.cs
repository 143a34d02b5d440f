using System.Runtime.CompilerServices;
using Npgsql;
using NudgeBot.Database;
using NudgeBot.Usage;

namespace NudgeBot.Retention;

/// <summary>What is known of one enrollment: its dates with use from day 0 to the last one that counts. Later bits are cut off.</summary>
/// <param name="Days">Bit i is day 0 + i.</param>
/// <param name="LastDay">
/// The last complete date, the last before the person left, or <see cref="ActiveDays.LastDay"/>, whichever is first; as days from day 0.
/// </param>
readonly record struct FollowUp(UInt128 Days, int LastDay)
{
    public static FollowUp Of(UInt128 days, int lastDay) => new(days & UInt128.MaxValue >> (ActiveDays.LastDay - lastDay), lastDay);

    /// <summary>How many dates from day <paramref name="first"/> to day <paramref name="last"/>, both included, have use.</summary>
    public int Count(int first, int last) => (int)UInt128.PopCount((Days >> first) & UInt128.MaxValue >> (ActiveDays.LastDay - (last - first)));

    /// <summary>All enrollments whose day 0 is complete, waiting ones not, both arms; one row at a time, for there may be a million.</summary>
    public static async IAsyncEnumerable<FollowUp> AllAsync(
        NpgsqlConnection connection, int organizationId, MeasuredCampaign campaign, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var days = $"{Words.Of(campaign.Source)}_days";
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            select {days}, {days}_2, least(@until, left_on - 1, day_zero + {ActiveDays.LastDay}) - day_zero
            from enrollments
            where organization_id = @organizationId and campaign_id = @campaignId and day_zero <= least(@until, left_on - 1)
            """;
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("organizationId", organizationId);
        command.Parameters.AddWithValue("campaignId", campaign.Id);
        command.Parameters.AddWithValue("until", campaign.Until.ToColumn());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return Of(new UInt128((ulong)reader.GetInt64(1), (ulong)reader.GetInt64(0)), reader.GetInt32(2));
    }
}

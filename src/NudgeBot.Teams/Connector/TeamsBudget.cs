using NudgeBot.Limits;

namespace NudgeBot.Teams.Connector;

/// <summary>Teams' limits as buckets.</summary>
static class TeamsBudget
{
    /// <summary>A call that has missed its turn waits twice, and so does one whose chat must be created first; a message's lease is longer than that.</summary>
    const double BulkPatience = 12;

    /// <summary>The parts of one answer follow each other.</summary>
    const double ConversationPatience = 5;

    const int Burst = 7;
    const int PerHour = 1800;

    /// <summary>
    /// All calls of a tenant. Those who wait have a tenth besides, and what may leave at once after a quiet time is a twentieth: with the default rate
    /// all together stay below the smaller of the two limits that Microsoft's documents name.
    /// </summary>
    public static Budget OfTenant(double perSecond) =>
        new("teams", Capacity: (int)Math.Max(1, perSecond / 20), perSecond, BulkPatience, Reserve: (int)Math.Max(1, perSecond / 10));

    /// <summary>
    /// 7 in a second, 8 in 2, 60 in 30 and 1800 in an hour are all kept by one bucket: 7 at once, and then what is left of the hour's limit, one in
    /// two seconds. That no second and no half minute is used up costs nothing: nobody reads faster.
    /// </summary>
    /// <param name="id">Threads of a channel share its limit.</param>
    public static Budget OfConversation(string id) =>
        new($"conversation {ConversationReference.WithoutThread(id)}", Burst, (PerHour - Burst) / 3600.0, ConversationPatience, Reserve: 0);
}

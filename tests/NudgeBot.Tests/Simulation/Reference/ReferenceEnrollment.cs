using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.TimeZones;
using NudgeBot.Campaigns;

namespace NudgeBot.Tests.Simulation.Reference;

enum State { Waiting, Active, Done }

enum Arm { Nudged, Holdout }

/// <summary>A person in the campaign, as enrolled when it starts: the rules of enrollment.</summary>
sealed class ReferenceEnrollment
{
    public required ReferencePerson Person { get; init; }
    /// <summary>In lower case: as it is drawn and written.</summary>
    public required string Email { get; init; }
    public required DateTimeZone Zone { get; init; }
    /// <summary>Empty: neither the roster nor the zone has one.</summary>
    public required string Country { get; init; }
    public required WorkingDays WorkingDays { get; init; }
    public required DateOnly DayZero { get; init; }
    public required bool IsWaiting { get; init; }
    public required Arm Arm { get; init; }
    public required string Variant { get; init; }
    /// <summary>Null: the person cannot be named by the feed, or there is none.</summary>
    public required IReadOnlyList<DateOnly>? Telemetry { get; init; }
    /// <summary>Local dates of the answers that said that the tool was used.</summary>
    public List<DateOnly> SelfReports { get; } = [];
    /// <summary>Null until the person's 00:00 on day 0.</summary>
    public Entry? Entry { get; set; }

    public bool IsNudged => !IsWaiting && Arm == Arm.Nudged;

    public bool HasLeftBy(DateOnly localDate) => Person.LeftOn is { } leftOn && localDate >= leftOn.ToDateOnly();

    /// <summary>The dates with use that are known at a moment, by telemetry or, where that cannot be, by the self-reports so far.</summary>
    public IEnumerable<DateOnly> UseKnownAt(Instant now) =>
        Telemetry?.Where(date => LocalMoments.KnownFrom(date) <= now) ?? SelfReports;

    public void FixEntry()
    {
        var known = UseKnownAt(LocalMoments.Midnight(DayZero, Zone)).Where(date => date < DayZero).ToList();
        Entry = known.Count == 0 ? NudgeBot.Campaigns.Entry.New
            : known.Exists(date => date >= DayZero.AddDays(-28)) ? NudgeBot.Campaigns.Entry.Active
            : NudgeBot.Campaigns.Entry.Lapsed;
    }

    /// <summary>Everybody in the audience who has not left by day 0, by e-mail.</summary>
    public static List<ReferenceEnrollment> EnrollAll(ReferenceInput input)
    {
        var campaign = input.Campaign;
        var rows = input.Usage?.Rows.ToLookup(row => row.Identity.ToLowerInvariant(), row => row.Day.ToDateOnly());
        var enrollments = new List<ReferenceEnrollment>();
        foreach (var person in input.People.OrderBy(p => p.Email.ToLowerInvariant(), StringComparer.Ordinal))
        {
            var dayZero = input.From.ToDateOnly();
            if (person.LicensedSince is { } licensed && licensed.ToDateOnly() > dayZero) dayZero = licensed.ToDateOnly();
            if (!IsInAudience(person, campaign.Audience)) continue;
            if (person.LeftOn is { } leftOn && leftOn.ToDateOnly() <= dayZero) continue;

            var email = person.Email.ToLowerInvariant();
            var country = CountryOf(person);
            var nameInFeed = input.Usage?.NamedBy == UsageIdentity.Login ? person.Login.ToLowerInvariant() : email;
            enrollments.Add(new ReferenceEnrollment
            {
                Person = person,
                Email = email,
                Zone = DateTimeZoneProviders.Tzdb[person.Zone],
                Country = country,
                WorkingDays = WorkingDaysOf(country, input),
                DayZero = dayZero,
                IsWaiting = Bucket("rollout", campaign.Key, email) >= campaign.RolloutPercent * 100,
                Arm = Bucket("arm", campaign.Key, email) < campaign.HoldoutPercent * 100 ? Arm.Holdout : Arm.Nudged,
                Variant = campaign.Variants[Bucket("variant", campaign.Key, email) * campaign.Variants.Count / 10_000],
                Telemetry = rows is null || nameInFeed.Length == 0 ? null : [.. rows[nameInFeed]],
            });
        }
        return enrollments;
    }

    public static WorkingDays WorkingDaysOf(string country, ReferenceInput input) =>
        new(input.Calendars.FirstOrDefault(c => c.Country == country) ?? NudgeBot.Calendars.WorkCalendar.WithoutFile);

    static bool IsInAudience(ReferencePerson person, Audience audience) =>
        Matches(audience.Roles, person.Role) && Matches(audience.Teams, person.Team) && Matches(audience.Locations, person.Location);

    static bool Matches(IReadOnlyList<string> words, string word) =>
        words.Count == 0 || words.Contains(word, StringComparer.OrdinalIgnoreCase);

    static int Bucket(string purpose, string campaignKey, string email)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}|{campaignKey}|{email}"));
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % 10_000);
    }

    static string CountryOf(ReferencePerson person)
    {
        if (person.Country.Length > 0) return person.Country;
        var source = TzdbDateTimeZoneSource.Default;
        var location = source.ZoneLocations!.FirstOrDefault(place => place.ZoneId == person.Zone)
            ?? source.ZoneLocations!.FirstOrDefault(place => place.ZoneId == source.CanonicalIdMap[person.Zone]);
        return location?.CountryCode ?? "";
    }
}

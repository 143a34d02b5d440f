using System.Globalization;

namespace NudgeBot.Bench;

/// <summary>
/// The invented people, as SQL: every value is a function of the person's number, so that two runs measure the same. Teams sit at one
/// location, and a fifth of their people elsewhere.
/// </summary>
static class Filling
{
    public const string Company = """
        insert into organizations (name, created_at) values ('A million people', '2027-01-04Z');
        insert into workspaces (organization_id, platform, external_id, name) select id, 'recorder', 'everybody', 'everybody' from organizations;
        insert into usage_feeds (organization_id, tool, format, identity, complete_to, imported_at)
        select id, 'copilot', 'github-copilot', 'login', '2027-01-10', '2027-01-11Z' from organizations;
        """;

    public static string People(int enrollments) => $$"""
        -- Persons and accounts name each other: their keys hold, and are not looked up for each row while both are made.
        set session_replication_role = replica;
        select setseed(0.5);

        create temp table numbered as
        select n, hashint8(n) & 2147483647 as h,
          (array['developer', 'qa', 'business-analyst', 'devops', 'designer', 'product-manager'])[1 + n % 6] as role,
          'Team ' || (hashint8(n + 1) & 2147483647) % 200 as team,
          'Location ' || (case when n % 5 = 0 then hashint8(n + 2) & 2147483647 else hashint8(n + 1) & 2147483647 end) % 10 as location,
          (array['Europe/London', 'Europe/Lisbon', 'Europe/Berlin', 'Europe/Paris', 'Europe/Madrid', 'Europe/Helsinki', 'Europe/Istanbul', 'Asia/Kolkata'])
            [1 + (hashint8(n + 3) & 7)] as zone,
          (array['GB', null, 'DE', 'FR', null, null, null, 'IN'])[1 + (hashint8(n + 3) & 7)] as country
        from generate_series(1, {{Number(enrollments)}}) n;

        insert into segments (organization_id, role, team, location)
        select o.id, role, team, location from organizations o, (select distinct role, team, location from numbered) distinct_ones;

        insert into persons (id, organization_id, segment_id, workspace_id, account_id, email, first_email, name, country, time_zone, locale, github_login, left_on)
          overriding system value
        select n, o.id, s.id, w.id, n, 'person' || n || '@example.com', 'person' || n || '@example.com', 'Person ' || n, country, zone,
          case zone when 'Europe/Berlin' then 'de' else 'en' end,
          case when n % 10 < 7 then 'person-' || n end,
          case when h % 50 = 0 then date '2027-01-25' + h % 40 end
        from numbered x
        join organizations o on true
        join workspaces w on true
        join segments s on s.role = x.role and s.team = x.team and s.location = x.location;

        insert into accounts (id, organization_id, workspace_id, person_id, external_id, conversation)
          overriding system value
        select n, o.id, w.id, n, 'U' || lpad(n::text, 10, '0'), 'D' || lpad(n::text, 10, '0') from numbered, organizations o, workspaces w;

        insert into enrollments
          (id, organization_id, campaign_id, segment_id, journey_version_id, person_id, day_zero, left_on, rollout_bucket, arm_bucket, variant_bucket,
           state, arm, entry, variant, entry_at, floor_at, next_due_at, telemetry_before, telemetry_days)
          overriding system value
        select n, c.organization_id, c.id, p.segment_id, c.journey_version_id, n, c.start_on, p.left_on, h % 10000, h % 10007 % 10000, 0,
          'active', case when h % 10007 % 10000 < 1000 then 'holdout' else 'nudged' end, (array['new', 'new', 'new', 'lapsed', 'active'])[1 + n % 5], 'a',
          c.start_on::timestamp at time zone zone, '2027-01-04Z', (c.start_on + time '10:00') at time zone zone,
          case n % 5 when 4 then 1::bigint << (h % 28)::int when 3 then 1::bigint << (28 + h % 36)::int else 0 end,
          case when p.github_login is null then 0 else {{DatesWithUse}} end
        from numbered join persons p on p.id = n join campaigns c on true;

        update campaigns set state = 'running', started_at = '2027-01-10 20:00Z';
        drop table numbered;
        set session_replication_role = origin;
        """;

    /// <summary>Of eight weeks, by the field's curve: 80 % in week 1, 40 % in week 2, then 20 %; in an active week, some of its seven dates.</summary>
    static string DatesWithUse => string.Join(" | ", Enumerable.Range(0, 8).Select(week =>
        $"case when random() < {(week switch { 0 => "0.8", 1 => "0.4", _ => "0.2" })} then (1 + floor(random() * 127))::bigint << {Number(1 + 7 * week)} else 0 end"));

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

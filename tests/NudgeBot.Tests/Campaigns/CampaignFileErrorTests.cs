using NudgeBot.Campaigns;
using NudgeBot.Files;

namespace NudgeBot.Tests.Campaigns;

public class CampaignFileErrorTests
{
    [Fact]
    public void Names_the_allowed_values_with_line_and_column_when_a_kind_is_unknown() =>
        Errors(CampaignText.With("kind: welcome", "kind: welcom")).ShouldBe([new FileError(10, 11,
            "kind: 'welcom' is not one of: welcome, guide, check-in, re-engagement, wins, pulse, milestone. Did you mean 'welcome'?")]);

    [Fact]
    public void Names_the_nearest_key_when_a_key_is_unknown()
    {
        var error = Errors(CampaignText.WithField("holduot: 10")).ShouldHaveSingleItem();
        (error.Line, error.Column).ShouldBe((6, 1));
        error.Message.ShouldStartWith("'holduot' is not known here. Did you mean 'holdout'? Known: key, name, tool,");
    }

    [Fact]
    public void Collects_every_error_in_the_files_order() =>
        Errors(CampaignText.Smallest.Replace("2027-01-11", "11.1.2027").Replace("day: 0", "day: 121").Replace("    text: welcome\n", "").Replace("key: pilot", "key: Pilot"))
            .Select(e => e.Line).ShouldBe([1, 5, 8]);

    [Theory]
    [InlineData("key: pilot", "key: The Pilot", 1, 6, "key: 'The Pilot' must be lower-case letters and digits with single hyphens, at most 60, like day-3-check-in.")]
    [InlineData("name: A pilot", "name:", 2, 6, "name: is empty.")]
    [InlineData("name: A pilot", "name: \"A\\npilot\"", 2, 7, "name: must be one line.")]
    [InlineData("name: A pilot", "name: [A, pilot]", 2, 7, "name: text was expected; text with braces or brackets needs quotes.")]
    [InlineData("name: A pilot", "title: A pilot", 1, 1, "'name' is missing.")]
    [InlineData("name: A pilot", "key: pilot-2", 2, 1, "'key' is given twice; first in line 1.")]
    [InlineData("owner: Ada@Example.com", "owner: Ada", 4, 8, "owner: 'Ada' must be an e-mail address.")]
    [InlineData("start: 2027-01-11", "start: 2027-02-30", 5, 8, "start: '2027-02-30' is not a date like 2027-01-11.")]
    [InlineData("day: 0", "day: -1", 8, 10, "day: '-1' is not a whole number from 0 to 120.")]
    [InlineData("at: 10:00", "at: 24:00", 9, 9, "at: '24:00' is not a time of day from 00:00 to 23:59.")]
    [InlineData("at: 10:00", "at: \"17:00\"", 9, 9, "at: 17:00 is not in the sending window, from 09:00 until before 17:00.")]
    [InlineData("text: welcome", "text: ../secrets", 11, 11, "text: '../secrets' must be lower-case letters and digits with single hyphens, at most 60, like day-3-check-in.")]
    [InlineData("text: welcome", "text: {b: welcome}", 11, 12, "'b' is not known here. Known: a, *.")]
    [InlineData("text: welcome", "text: {}", 11, 11, "text: there is none for variant 'a'; name one, or one for \"*\", which covers the rest.")]
    [InlineData("- key: hello", "- &all !!map\n    key: hello", 7, 5, "steps: type tags such as tag:yaml.org,2002:map are not used here; write the value alone.")]
    public void Says_what_is_wrong_and_where(string line, string instead, int atLine, int atColumn, string message) =>
        Errors(CampaignText.With(line, instead)).ShouldContain(new FileError(atLine, atColumn, message));

    [Theory]
    [InlineData("audience: all", 11, "audience: 'all' is not one of: everyone.")]
    [InlineData("audience: {}", 11, "audience: names nobody; write 'everyone', or fields of: role, team, location.")]
    [InlineData("audience: {roles: qa}", 12, "'roles' is not known here. Did you mean 'role'? Known: role, team, location.")]
    [InlineData("audience: {role: []}", 18, "role: the list is empty.")]
    [InlineData("rollout: 101", 10, "rollout: '101' is not a whole number from 0 to 100.")]
    [InlineData("rollout: {unit: teem}", 10, "rollout: 'percent' is missing.")]
    [InlineData("rollout: {percent: 5, unit: teem}", 29, "unit: 'teem' is not one of: person, team. Did you mean 'team'?")]
    [InlineData("rollout: {percent: 5, stages: [50, 10]}", 31, "stages: must be 1 to 10 percentages from 1 to 100, each greater than the one before, like 10, 50, 100.")]
    [InlineData("rollout: {percent: 5, stages: []}", 31, "stages: the list is empty.")]
    [InlineData("rollout: {percent: 5, closed: yes}", 31, "closed: 'yes' is not one of: true, false.")]
    [InlineData("goals: []", 8, "goals: the list is empty.")]
    [InlineData("goals: {metric: adoption}", 8, "goals: a list was expected.")]
    [InlineData("goals: [{metric: adoptin, baseline: 1, target: 2, by: 2027-03-01}]", 18, "metric: 'adoptin' is not one of: week-3-retention, adoption, minutes. Did you mean 'adoption'?")]
    [InlineData("goals: [{metric: adoption, baseline: 1, target: 101, by: 2027-03-01}]", 49, "target: '101' is not a whole number from 1 to 100.")]
    [InlineData("goals: [{metric: adoption, baseline: 20, target: 20, by: 2027-03-01}]", 50, "target: must be above the baseline, which is 20.")]
    [InlineData("goals: [{metric: adoption, baseline: 20, target: 30}]", 9, "goals: 'by' is missing.")]
    [InlineData("goals: [{metric: minutes, baseline: 0, target: 60, by: 2027-03-01}, {metric: minutes, baseline: 0, target: 90, by: 2027-03-01}]", 69,
        "goals: there is a goal for minutes already; a campaign has one for each metric.")]
    [InlineData("gate: {people: 4}", 16, "people: '4' is not a whole number from 5 to 100000.")]
    [InlineData("gate: {optouts: 4}", 8, "'optouts' is not known here. Did you mean 'opt_outs'? Known: people, days, delivery, opt_outs, blocked, unreachable.")]
    [InlineData("holdout: 51", 10, "holdout: '51' is not a whole number from 0 to 50.")]
    [InlineData("variants: [a, b, c, d, e, f]", 11, "variants: has 6 entries; at most 5 are allowed.")]
    [InlineData("variants: [a, a]", 11, "variants: 'a' is given twice.")]
    [InlineData("back_off: 0", 11, "back_off: '0' is not a whole number from 1 to 20, or never.")]
    [InlineData("window: {from: 9:00, to: 24:00}", 26, "to: '24:00' is not a time of day from 00:00 to 23:59.")]
    [InlineData("window: {from: 17:00, to: 9:00}", 9, "window: must begin before it ends, on the same day.")]
    [InlineData("window: {from: 9:00}", 9, "window: 'to' is missing.")]
    [InlineData("window: 9-17", 9, "window: fields were expected here: from, to.")]
    [InlineData("managed: git", 10, "managed: 'git' is not one of: chat, file.")]
    [InlineData("fallback: []", 11, "fallback: the list is empty.")]
    [InlineData("fallback: [\"{lang}/any\"]", 12, "fallback: '{lang}/any' must be a locale or {locale}, a slash, and a role or {role}, like \"{locale}/any\".")]
    [InlineData("fallback: {locale}", 11, "fallback: a list was expected.")]
    [InlineData("name: *pilot", 7, "Nothing before this is marked &pilot. Text that begins with * needs quotes.")]
    public void Says_what_is_wrong_with_a_field_of_the_campaign(string field, int atColumn, string message) =>
        Errors(CampaignText.WithField(field)).ShouldContain(new FileError(6, atColumn, message));

    [Theory]
    [InlineData("entries: [new, old]", 20, "entries: 'old' is not one of: new, lapsed, active.")]
    [InlineData("essential: yes", 16, "essential: 'yes' is not one of: true, false.")]
    [InlineData("otherwise: other", 16, "otherwise: is sent when 'only_if' is false; this step has no 'only_if'.")]
    [InlineData("only_if: {no_use_in: 61}", 26, "no_use_in: '61' is not a whole number from 1 to 60.")]
    [InlineData("only_if: {used_fewer_than: 8, in: 7}", 32, "used_fewer_than: '8' is not a whole number from 1 to 7.")]
    [InlineData("only_if: {used_fewer_than: 2}", 14, "only_if: 'used_fewer_than' needs 'in': {used_fewer_than: 2, in: 7}.")]
    [InlineData("only_if: {in: 2}", 14, "only_if: 'in' needs 'used_fewer_than': {used_fewer_than: 2, in: 7}.")]
    [InlineData("only_if: {no_use_in: 2, any: [answered_earlier]}", 14, "only_if: holds several conditions; combine them with {any: [...]} or {all: [...]}.")]
    [InlineData("only_if: {no_use: 2}", 15, "'no_use' is not known here. Known: no_use_in, used_fewer_than, in, nudged_members, any, all.")]
    [InlineData("only_if: {nudged_members: 3}", 14, "only_if: 'nudged_members' is only for steps of kind wins.")]
    [InlineData("only_if: {any: [{nudged_members: 3}]}", 21, "any: 'nudged_members' stands alone.")]
    [InlineData("only_if: {any: []}", 20, "any: the list is empty.")]
    [InlineData("only_if: {any: {any: {any: {any: answered_earlier}}}}", 20, "any: a list was expected.")]
    [InlineData("only_if: {any: [{any: [{any: [{any: [answered_earlier]}]}]}]}", 41, "any: conditions are nested more than 3 deep.")]
    public void Says_what_is_wrong_with_a_field_of_a_step(string field, int atColumn, string message) =>
        Errors(CampaignText.WithStepField(field)).ShouldContain(new FileError(11, atColumn, message));

    [Fact]
    public void Lists_the_conditions_when_one_is_unknown() =>
        Errors(CampaignText.WithStepField("only_if: unused")).ShouldHaveSingleItem().Message.ShouldBe(
            "only_if: a condition is one of: used_since_day_0, answered_earlier, {no_use_in: 4}, {used_fewer_than: 2, in: 7}, {nudged_members: 3}, {any: [...]}, {all: [...]}.");

    [Theory]
    [InlineData("only_if: answered_earlier", 14, "only_if: a step of kind wins knows one condition: {nudged_members: 3}.")]
    [InlineData("entries: [new]", 14, "entries: is only for personal steps; a step of kind wins goes to teams' channels.")]
    [InlineData("essential: true", 16, "essential: is only for personal steps; a step of kind wins goes to teams' channels.")]
    public void Says_what_does_not_fit_a_teams_step(string field, int atColumn, string message) =>
        Errors(CampaignText.WithWinsField(field)).ShouldContain(new FileError(11, atColumn, message));

    [Fact]
    public void Has_one_text_for_a_teams_step() =>
        Errors(CampaignText.WithWinsField("day: 0").Replace("text: welcome", "text: {a: wins}")).Select(e => e.Message)
            .ShouldContain("text: a step of kind wins goes to teams' channels and has one text for all variants.");

    [Fact]
    public void Names_the_line_of_the_step_that_has_the_key_already() =>
        Errors(CampaignText.Smallest + "\n  - {key: hello, day: 1, at: 10:00, kind: guide, text: day-1}")
            .ShouldBe([new FileError(12, 5, "steps: the step key 'hello' is used already, by the step in line 7.")]);

    [Fact]
    public void Refuses_a_campaign_without_steps() =>
        Errors("steps: []").ShouldContain(new FileError(1, 8, "steps: the list is empty."));

    [Theory]
    [InlineData("", 1, 1, "The file is empty.")]
    [InlineData("# nothing\n", 1, 1, "The file is empty.")]
    [InlineData("- a\n- b", 1, 1, "fields were expected here:")]
    [InlineData("a: [1, 2\nb: 3", 2, 1, "This is not valid YAML. Probably a bracket, brace or quote before this is not closed")]
    [InlineData("key: \"\\UFFFFFFFF\"", 1, 17, "This is not valid YAML. Probably")]
    [InlineData("key: a: b", 1, 7, "This is not valid YAML.")]
    [InlineData("key:\n\tname: x", 2, 1, "This is not valid YAML. While scanning a mapping, found invalid tab as indentation.")]
    [InlineData("key: a\n---\nkey: b", 2, 1, "A second document begins; a file holds one.")]
    [InlineData("? [a]\n: b", 1, 3, "A key must be a word; text with braces or brackets needs quotes.")]
    [InlineData("a: [[[[[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]]]]", 1, 24, "This is not valid YAML. Values are nested more than 20 deep.")]
    public void Says_where_the_file_is_no_file_of_ours(string yaml, int line, int column, string message) =>
        Errors(yaml).ShouldContain(e => e.Line == line && e.Column == column && e.Message.StartsWith(message));

    [Fact]
    public void Never_throws_whatever_became_of_the_file()
    {
        var shipped = File.ReadAllText(Path.Combine(Shipped.Content.Campaigns, "first-60-days.yaml"));
        var yaml = string.Join('\n', shipped.Split('\n').Where(line => !line.StartsWith('#')));
        const string Slips = "[]{}:,-*&!|>'\"%@#\t\n ?~x0é";
        var random = new Random(60);
        for (var i = 0; i < 3000; i++)
        {
            var broken = yaml;
            for (var slips = random.Next(1, 4); slips > 0; slips--)
                broken = broken.Remove(random.Next(broken.Length), 1).Insert(random.Next(broken.Length), Slips[random.Next(Slips.Length)].ToString());
            var result = CampaignFile.Parse(broken);
            (result.Campaign is null).ShouldBe(result.Errors.Count > 0);
            result.Errors.ShouldAllBe(e => e.Line > 0 && e.Column > 0);
        }
    }

    static IReadOnlyList<FileError> Errors(string yaml)
    {
        var result = CampaignFile.Parse(yaml);
        result.Campaign.ShouldBeNull();
        return result.Errors;
    }
}

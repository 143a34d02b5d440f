using System.Text;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Usage;

public class CopilotUsageTests
{
    const string Octo = """{"day":"2026-03-02","user_login":"octo","used_chat":true}""";
    const string Hubot = """{"day":"2026-03-03","user_login":"hubot","code_generation_activity_count":4}""";

    static async Task<string[]> ReadAsync(string text) => (await UsageLines.ReadAsync(UsageFormat.GithubCopilot, text)).Short();

    [Theory]
    [InlineData(Octo + "\n" + Hubot, "1", "2")]
    [InlineData("\uFEFF" + Octo + "\r\n\r\n" + Hubot + "\r\n", "1", "3")]
    [InlineData("[" + Octo + "," + Hubot + "]", "1", "1")]
    [InlineData("[\n  " + Octo + ",\n  " + Hubot + "\n]\n", "2", "3")]
    [InlineData("""{"enterprise_id":"1","user_totals":[""" + Octo + "," + Hubot + """],"etl_id":"green"}""", "1", "1")]
    [InlineData("""{"user_totals":[""" + Octo + "]}\n" + """{"user_totals":[""" + Hubot + "]}", "1", "2")]
    [InlineData("""[{"user_totals":[""" + Octo + """]},{"user_totals":[],"more":{"user_totals":[1]}},{"user_totals":[""" + Hubot + "]}]", "1", "1")]
    public async Task Finds_rows_however_they_are_wrapped(string text, string lineOfOcto, string lineOfHubot) =>
        (await ReadAsync(text)).ShouldBe([$"{lineOfOcto} octo 2026-03-02", $"{lineOfHubot} hubot 2026-03-03"]);

    [Theory]
    [InlineData("\"user_initiated_interaction_count\":1")]
    [InlineData("\"code_generation_activity_count\":1")]
    [InlineData("\"code_acceptance_activity_count\":1")]
    [InlineData("\"loc_added_sum\":1")]
    [InlineData("\"loc_deleted_sum\":1")]
    [InlineData("\"loc_suggested_to_add_sum\":1")]
    [InlineData("\"loc_suggested_to_delete_sum\":1")]
    [InlineData("\"chat_panel_agent_mode\":1")]
    [InlineData("\"used_chat\":true")]
    [InlineData("\"used_agent\":true")]
    [InlineData("\"used_cli\":true")]
    [InlineData("\"used_copilot_coding_agent\":true")]
    [InlineData("\"used_copilot_code_review_active\":true")]
    [InlineData("\"totals_by_cli\":{\"token_usage\":{\"output_tokens_sum\":9},\"session_count\":1}")]
    public async Task One_count_or_one_use_makes_a_row_active(string field) =>
        (await ReadAsync($$"""{"day":"2026-03-02","user_initiated_interaction_count":0,{{field}},"used_x":false,"user_login":"octo"}"""))
            .ShouldBe(["1 octo 2026-03-02"]);

    [Theory]
    [InlineData("\"user_initiated_interaction_count\":0")]
    [InlineData("\"user_initiated_interaction_count\":null")]
    [InlineData("\"used_chat\":false")]
    [InlineData("\"used_copilot_code_review_passive\":true")]
    [InlineData("\"totals_by_cli\":{\"session_count\":0}")]
    [InlineData("\"last_activity_at\":\"2026-03-02T10:00:00Z\"")]
    [InlineData("\"user_id\":7,\"premium\":12,\"is_new\":true,\"totals_by_ide\":[{\"loc_added_sum\":8}]")]
    public async Task Nothing_else_does(string field) =>
        (await ReadAsync($$"""{"day":"2026-03-02","user_login":"octo",{{field}}}""")).ShouldBe(["1 - 2026-03-02"]);

    [Theory]
    [InlineData("no JSON at all")]
    [InlineData("""{"day":"2026-03-02","user_login":"oc""")]
    [InlineData("""{"day":"2026-03-02","user_login":"octo" """)]
    [InlineData(""" "day":"2026-03-02","user_login":"octo"}""")]
    [InlineData("]")]
    [InlineData("<html>")]
    public async Task A_line_that_is_no_JSON_is_refused_and_the_next_one_read(string line) =>
        (await ReadAsync($"{Octo}\n\n{line}\n{Hubot}\n{Octo}")).ShouldBe(["1 octo 2026-03-02", "3 !", "4 hubot 2026-03-03", "5 octo 2026-03-02"]);

    [Fact]
    public async Task A_last_line_that_was_cut_off_is_refused() => (await ReadAsync($"{Octo}\n{Hubot[..30]}")).ShouldBe(["1 octo 2026-03-02", "2 !"]);

    [Theory]
    [InlineData("[\n" + Octo + ",\n{\"day\":\n")]
    [InlineData("[\n" + Octo + ",\n{\"day\" \"2026-03-02\"},\n" + Hubot + "]")]
    [InlineData("[\n" + Octo + ",\n7,\n" + Hubot + "]")]
    public async Task An_array_that_breaks_off_gives_the_rows_before(string text) => (await ReadAsync(text)).ShouldBe(["2 octo 2026-03-02", "3 !"]);

    [Theory]
    [InlineData("""{"day":"2026-03-02"}""", "user_login")]
    [InlineData("""{"day":"2026-03-02","user_login":7}""", "user_login")]
    [InlineData("""{"day":"2026-03-02","user_login":{"a":["b"]},"used_chat":true}""", "user_login")]
    [InlineData("""{"day":"2026-03-02","user_login":"\ud800"}""", "user_login")]
    [InlineData("""{"user_login":"octo"}""", "day")]
    [InlineData("""{"day":"02.03.2026","user_login":"octo"}""", "day")]
    public async Task A_row_without_login_or_day_is_refused(string row, string column) =>
        (await ReadAsync($"{row}\n{Octo}")).ShouldBe([$"1 ! {column}", "2 octo 2026-03-02"]);

    [Fact]
    public async Task A_login_that_is_not_UTF_8_is_refused()
    {
        var bytes = Encoding.Latin1.GetBytes($"{Octo.Replace("octo", "öcto")}\n{Octo}");

        (await UsageLines.ReadAsync(UsageFormat.GithubCopilot, bytes)).Short().ShouldBe(["1 ! user_login", "2 octo 2026-03-02"]);
    }

    [Theory]
    [InlineData("""{"report_start_day":"2026-02-01","report_end_day":"2026-02-28","day":"2026-02-03","user_login":"octo","used_cli":true}""")]
    [InlineData("""{"report_end_day":"2026-02-28","user_totals":[{"day":"2026-02-03","user_login":"octo","used_cli":true}]}""")]
    [InlineData("""{"user_totals":[{"day":"2026-02-03","user_login":"octo","used_cli":true}],"report_end_day":"2026-02-28"}""")]
    [InlineData("""[{"report_day":"2026-02-27","user_totals":[]},{"user_totals":[{"day":"2026-02-03","user_login":"octo","used_cli":true}],"report_day":"2026-02-28"}]""")]
    public async Task The_day_to_which_the_report_goes_is_read(string text) => (await ReadAsync(text)).ShouldBe(["1 octo 2026-02-03", "to 2026-02-28"]);

    [Fact]
    public async Task Rows_larger_than_the_buffer_are_read()
    {
        var languages = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"language":"lang-{{i}}","loc_added_sum":{{i}}}"""));
        var large = $$"""{"totals_by_language_feature":[{{languages}}],"day":"2026-03-02","user_login":"large","used_agent":true}""";

        (await ReadAsync($"{Octo}\n{large}\n{Hubot}\n{large}")).ShouldBe(
            ["1 octo 2026-03-02", "2 large 2026-03-02", "3 hubot 2026-03-03", "4 large 2026-03-02"]);
    }

    [Fact]
    public async Task Every_split_of_the_buffer_gives_the_same_rows()
    {
        var rows = Enumerable.Range(0, 9_000).Select(i => $$"""{"day":"2026-03-02","user_login":"user-{{i}}","used_chat":{{(i % 3 == 0 ? "true" : "false")}}}""").ToArray();
        var expected = rows.Select((_, i) => $"{i + 1} {(i % 3 == 0 ? $"user-{i}" : "-")} 2026-03-02");

        (await ReadAsync(string.Join('\n', rows))).ShouldBe(expected);
        (await ReadAsync($"[{string.Join(",\n", rows)}]")).ShouldBe(expected);
        (await ReadAsync($$"""{"user_totals":[{{string.Join(",\n", rows)}}]}""")).ShouldBe(expected);
    }
}

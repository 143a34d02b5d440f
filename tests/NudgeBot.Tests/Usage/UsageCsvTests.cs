using NudgeBot.Files;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Usage;

public class UsageCsvTests
{
    static Task<UsageLine[]> ReadAsync(string text) => UsageLines.ReadAsync(UsageFormat.Csv, text);

    [Theory]
    [InlineData("email,day,tool,count,sessions\nanna@example.com,2026-03-02,copilot,12,3")]
    [InlineData("Sessions;Tool;Count;Day;EMAIL\r\n3;copilot;12;2026-03-02;anna@example.com\r\n")]
    public async Task Reads_columns_in_any_order(string text) =>
        (await ReadAsync(text)).ShouldBe([new UsageLine.Used(2, new UsageRow("anna@example.com", new(2026, 3, 2), 3), "copilot")]);

    [Fact]
    public async Task A_count_of_zero_is_no_use() =>
        (await ReadAsync("email,day,tool,count\nanna@example.com,2026-03-02,copilot,0")).ShouldBe([new UsageLine.NotUsed(2, new(2026, 3, 2), "copilot")]);

    [Fact]
    public async Task Sessions_may_be_absent_or_empty()
    {
        (await ReadAsync("email,day,tool,count\nanna@example.com,2026-03-02,copilot,1")).ShouldBe([new UsageLine.Used(2, new UsageRow("anna@example.com", new(2026, 3, 2)), "copilot")]);
        (await ReadAsync("email,day,tool,count,sessions\nanna@example.com,2026-03-02,copilot,1,")).ShouldBe([new UsageLine.Used(2, new UsageRow("anna@example.com", new(2026, 3, 2)), "copilot")]);
    }

    [Theory]
    [InlineData("anna,2026-03-02,copilot,1,", "line 2, email: 'anna' is not an e-mail address. Write it like anna@example.com.")]
    [InlineData("anna@example.com,2.3.2026,copilot,1,", "line 2, day: '2.3.2026' is not a date. Write it as yyyy-mm-dd, like 2026-03-02.")]
    [InlineData("anna@example.com,2026-03-02,copilot,,", "line 2, count: '' is not a count. Write a whole number; 0 for no use.")]
    [InlineData("anna@example.com,2026-03-02,copilot,-1,", "line 2, count: '-1' is not a count. Write a whole number; 0 for no use.")]
    [InlineData("anna@example.com,2026-03-02,copilot,1,many", "line 2, sessions: 'many' is not a count. Write a whole number, or leave it empty.")]
    [InlineData("anna@example.com,2026-03-02,copilot", "line 2: 3 fields, but the header has 5. Perhaps a field holds ',' and needs quotation marks, or a quotation mark is not closed.")]
    public async Task A_bad_row_is_refused_and_the_next_one_read(string row, string problem)
    {
        var lines = await ReadAsync($"email,day,tool,count,sessions\n{row}\nbob@example.com,2026-03-02,copilot,1,");

        lines[0].ShouldBeOfType<UsageLine.Refused>().Problem.ToString().ShouldBe(problem);
        lines[1].ShouldBeOfType<UsageLine.Used>();
    }

    [Fact]
    public async Task A_header_without_a_column_that_is_needed_is_refused() =>
        (await Should.ThrowAsync<UnreadableFileException>(() => ReadAsync("email,day,tool\n"))).Message.ShouldBe(
            "file.csv: its first line does not name count. Known columns: email, day, tool, count, sessions.");
}

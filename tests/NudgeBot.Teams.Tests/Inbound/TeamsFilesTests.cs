using NudgeBot.Chat;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.Tests.Inbound;

public sealed class TeamsFilesTests
{
    [Theory]
    [InlineData("https://acme-my.sharepoint.com/personal/anna/download.aspx?tempauth=x", true)]
    [InlineData("https://acme.sharepoint.us/x", true)]
    [InlineData("https://files.example.com/x", true)]
    [InlineData("http://acme-my.sharepoint.com/x", false)]
    [InlineData("https://acme-my.sharepoint.com:8443/x", false)]
    [InlineData("https://me@acme-my.sharepoint.com/x", false)]
    [InlineData("https://sharepoint.com.evil.example/x", false)]
    [InlineData("https://evilsharepoint.com/x", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("http://127.0.0.1:5432/", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Are_read_from_Microsofts_hosts_and_those_of_the_settings_alone(string url, bool isAllowed)
    {
        using var http = new HttpClient();
        new TeamsFiles(http, ["files.example.com"], withThisMachine: false).IsAllowed(new Uri(url)).ShouldBe(isAllowed);
    }

    [Fact]
    public async Task What_is_elsewhere_is_not_asked_for()
    {
        using var http = new HttpClient(new Nobody());
        var files = new TeamsFiles(http, [], withThisMachine: false);

        (await files.ReadAsync("https://evil.example/x", TestContext.Current.CancellationToken)).ShouldBe(AttachedFile.NotReached);
        (await files.ReadAsync("no address", TestContext.Current.CancellationToken)).ShouldBe(AttachedFile.NotReached);
    }

    sealed class Nobody : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new InvalidOperationException("It was asked.");
    }
}

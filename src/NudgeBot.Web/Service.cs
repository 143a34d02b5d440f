namespace NudgeBot.Web;

static class Service
{
    public static Task<int> RunAsync(string? urls, CancellationToken stop) => Task.FromResult(urls is null ? 0 : stop.IsCancellationRequested ? 1 : 0);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NudgeBot.Teams.Inbound;

static class AdmissionSetup
{
    /// <summary>Needs <see cref="TeamsSettings"/> beside it. Ask for the <see cref="Admission"/> before requests are taken: it refuses settings with which nobody should start.</summary>
    public static void AddTeamsAdmission(this IServiceCollection services) => services.AddSingleton(services =>
    {
        var settings = services.GetRequiredService<TeamsSettings>();
        var published = new PublishedKeys(PublishedKeys.Client(), settings.OpenIdMetadata, WireClock.System);
        var keys = new SigningKeys(published, WireClock.System, services.GetRequiredService<ILogger<SigningKeys>>());
        return new Admission(
            settings, new BotFrameworkTokens(settings.AppId, keys, WireClock.System), services.GetRequiredService<IHostEnvironment>(), services.GetRequiredService<ILogger<Admission>>());
    });
}

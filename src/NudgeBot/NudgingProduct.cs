using Npgsql;
using NudgeBot.Calendars;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Enrollment;
using NudgeBot.Guides;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.Retention;
using NudgeBot.TeamPosts;

namespace NudgeBot;

/// <summary>
/// The whole product over one database, one clock, one content folder and its chat platforms, put together by hand: the service, the
/// terminal, <c>simulate</c> and the tests all run exactly this.
/// </summary>
public sealed class NudgingProduct
{
    public NudgingProduct(NpgsqlDataSource database, ProductClock clock, ContentFolder content, IEnumerable<IChatPlatform> platforms)
    {
        Database = database;
        Clock = clock;
        Library = new TextLibrary(content.Guides);
        var chat = new ChatPlatforms(platforms);
        var composer = new Composer(Library);

        Journeys = new Journeys(database);
        Schedules = new Schedules(new WorkCalendars(content.Calendars));
        Campaigns = new CampaignStore(database, clock);
        Enroller = new Enroller(database, Journeys, new Activation(Schedules), clock);
        TeamPostPlanner = new TeamPostPlanner(database, Journeys, Schedules, clock);
        Planner = new Planner(database, Journeys, Schedules, clock);
        Dispatcher = new Dispatcher(database, Journeys, Schedules, composer, chat, clock);
        Tick = new Tick(
            database, new EntryFixer(database, clock), Planner, Dispatcher,
            new TeamPostDispatcher(database, Journeys, Schedules, composer, chat, clock),
            new TeamDigests(database, Journeys, Schedules, chat, clock), clock);
        Retention = new RetentionMeasure(database, clock);
        //RosterImport = new RosterImport(database, clock);
        //UsageImport = new UsageImport(database, clock);
        Conversations = new ConversationRouter(database, Journeys, composer, Library, clock);
    }

    public NpgsqlDataSource Database { get; }
    public ProductClock Clock { get; }
    public TextLibrary Library { get; }
    public Journeys Journeys { get; }
    public Schedules Schedules { get; }
    public CampaignStore Campaigns { get; }
    public Enroller Enroller { get; }
    public TeamPostPlanner TeamPostPlanner { get; }
    public Planner Planner { get; }
    public Dispatcher Dispatcher { get; }
    public Tick Tick { get; }
    public RetentionMeasure Retention { get; }
    //public RosterImport RosterImport { get; }
    //public UsageImport UsageImport { get; }
    public ConversationRouter Conversations { get; }
}

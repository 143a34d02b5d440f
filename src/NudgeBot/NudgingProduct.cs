using Npgsql;
using NudgeBot.Calendars;
using NudgeBot.Campaigns;
using NudgeBot.Champions;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Enrollment;
using NudgeBot.Files;
using NudgeBot.Forecasting;
using NudgeBot.Gates;
using NudgeBot.Governance;
using NudgeBot.Guides;
using NudgeBot.Inbox;
using NudgeBot.Notices;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.Retention;
using NudgeBot.TeamPosts;
using NudgeBot.Usage;

namespace NudgeBot;

/// <summary>
/// The whole product over one database, one clock, one content folder and its chat platforms, put together by hand: the service, the
/// terminal, <c>simulate</c> and the tests all run exactly this.
/// </summary>
public sealed class NudgingProduct
{
    /// <exception cref="ContentException">A guide, a calendar or the checklist is malformed: a wrong day or an empty message would be the price of going on.</exception>
    public NudgingProduct(NpgsqlDataSource database, ProductClock clock, ContentFolder content, IEnumerable<IChatPlatform> platforms)
    {
        Database = database;
        Clock = clock;
        Library = new TextLibrary(content.Guides);
        var calendars = new WorkCalendars(content.Calendars);
        var checklist = Checklist.In(content);
        if (Library.Errors.Concat(calendars.Errors).Concat(checklist.Errors).ToList() is { Count: > 0 } errors) throw new ContentException(errors);
        var chat = Platforms = new ChatPlatforms(platforms);
        var composer = new Composer(Library);

        Journeys = new Journeys(database);
        Schedules = new Schedules(calendars);
        Campaigns = new CampaignStore(database, clock);
        Enroller = new Enroller(database, Journeys, new Activation(Schedules), clock);
        TeamPostPlanner = new TeamPostPlanner(database, Journeys, Schedules, clock);
        Planner = new Planner(database, Journeys, Schedules, clock);
        Dispatcher = new Dispatcher(database, Journeys, Schedules, composer, chat, clock);
        Pauses = new Pauses(clock);
        Outlooks = new Outlooks(database, Journeys, Schedules, clock);
        Tick = new Tick(
            database, new EntryFixer(database, clock), Planner, Dispatcher, Pauses,
            new TeamPostDispatcher(database, Journeys, Schedules, composer, chat, clock),
            new TeamDigests(database, Journeys, Schedules, chat, clock), new WinDispatcher(database, chat, clock),
            new NoticeDispatcher(database, chat, Schedules, clock), clock);
        BreachWatch = new BreachWatch(database, Journeys, Pauses, clock);
        Wins = new WinList(database);
        Retention = new RetentionMeasure(database, clock);
        Reviews = new Reviews(database, Journeys, Retention, clock);
        Adoption = new AdoptionMeasure(database, clock);
        var replanning = new Replanning(Journeys, Schedules);
        RosterImport = new RosterImport(database, clock, replanning);
        Profiles = new Profiles(clock, replanning);
        Preflight = new Preflight(database, clock);
        UsageImport = new UsageImport(database, clock);
        Forecasts = new CampaignForecasts(database, Journeys, Schedules, clock, chat.PerSecond);
        ForecastRuns = new ForecastRuns(database, Forecasts, new NoticeBox(clock), clock);
        Reports = new ReportDesk(Wins, Retention, Adoption, new AuditDesk(database, clock));
        Desk = new Desk(database, clock, Journeys, Campaigns, Pauses, Library, composer, content, checklist, Forecasts, ForecastRuns, new PeopleDesk(database, Library, Outlooks, Preflight, RosterImport, clock), Reports, Retention);
        InboxWorker = new InboxWorker(database, clock);
        Inbox = new Inbox.Inbox(database, clock, InboxWorker);
        Conversations = new ConversationRouter(database, Journeys, composer, Library, content, Desk);
    }

    public NpgsqlDataSource Database { get; }
    public ProductClock Clock { get; }
    public TextLibrary Library { get; }
    public ChatPlatforms Platforms { get; }
    public Journeys Journeys { get; }
    public Schedules Schedules { get; }
    public CampaignStore Campaigns { get; }
    public Enroller Enroller { get; }
    public TeamPostPlanner TeamPostPlanner { get; }
    public Planner Planner { get; }
    public Dispatcher Dispatcher { get; }
    public Pauses Pauses { get; }
    public Outlooks Outlooks { get; }
    public Tick Tick { get; }
    public BreachWatch BreachWatch { get; }
    public Reviews Reviews { get; }
    public RetentionMeasure Retention { get; }
    public AdoptionMeasure Adoption { get; }
    public RosterImport RosterImport { get; }
    public Profiles Profiles { get; }
    public Preflight Preflight { get; }
    public CampaignForecasts Forecasts { get; }
    public ForecastRuns ForecastRuns { get; }
    public UsageImport UsageImport { get; }
    public WinList Wins { get; }
    public ReportDesk Reports { get; }
    public Desk Desk { get; }
    public ConversationRouter Conversations { get; }
    public Inbox.Inbox Inbox { get; }
    public InboxWorker InboxWorker { get; }
}

/// <summary>Files of the content folder that cannot be used; all of them, each with line and column.</summary>
public sealed class ContentException(IReadOnlyList<FileError> errors) : Exception(string.Join('\n', errors));

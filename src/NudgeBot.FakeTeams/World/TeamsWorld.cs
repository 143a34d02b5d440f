namespace NudgeBot.FakeTeams.World;

/// <summary>Everything this Teams knows, in memory. Whoever reads or changes it holds <see cref="Gate"/>, which one thread may take more than once.</summary>
public sealed class TeamsWorld(TeamsTime time)
{
    readonly Dictionary<string, List<string>> _notices = [];

    public Lock Gate { get; } = new();
    public Ids Ids { get; } = new(time);
    public List<Person> People { get; } = [];
    public List<Team> Teams { get; } = [];
    public Dictionary<string, Conversation> Conversations { get; } = [];
    /// <summary>What people sent to the bot, by its id.</summary>
    internal Dictionary<string, byte[]> Files { get; } = [];
    internal Dictionary<string, Dialog> Dialogs { get; } = [];

    public Person AddPerson(string name, string? email = null, bool guest = false)
    {
        var local = name.ToLowerInvariant().Replace(' ', '.');
        return AddPerson(new Person { Name = name, Email = email, Upn = guest ? $"{local}_elsewhere.example#EXT#@acme.example" : $"{local}@acme.example", IsGuest = guest });
    }

    public Person AddPerson(Person person)
    {
        lock (Gate) People.Add(person);
        return person;
    }

    public Team AddTeam(string name, params IEnumerable<Person> members)
    {
        lock (Gate)
        {
            var team = new Team { Name = name };
            team.Members.AddRange(members);
            Teams.Add(team);
            AddChannel(team, "General");
            return team;
        }
    }

    public Conversation AddChannel(Team team, string name)
    {
        lock (Gate)
        {
            var channel = new Conversation { Id = Ids.NewChannel(), Name = name, Team = team };
            team.Channels.Add(channel);
            Conversations.Add(channel.Id, channel);
            return channel;
        }
    }

    public Conversation? ChatWith(Person person)
    {
        lock (Gate) return Conversations.Values.FirstOrDefault(conversation => conversation.With == person);
    }

    /// <summary>There is one for a person and this bot, and it stays the same when the app comes and goes.</summary>
    public Conversation OpenChat(Person person)
    {
        lock (Gate)
        {
            if (ChatWith(person) is { } open) return open;
            var chat = new Conversation { Id = Ids.NewPersonalChat(), With = person };
            Conversations.Add(chat.Id, chat);
            return chat;
        }
    }

    /// <summary>An administrator gives the app to somebody, and the bot does not hear of it.</summary>
    /// <returns>The chat with the bot.</returns>
    public Conversation GiveApp(Person person)
    {
        lock (Gate)
        {
            person.Installed = true;
            return OpenChat(person);
        }
    }

    /// <param name="id">As the bot gives it, or the id of the directory.</param>
    public Person? FindPerson(string? id)
    {
        lock (Gate) return People.Find(person => person.Id == id || person.AadObjectId == id);
    }

    /// <summary>What a client shows for a moment and keeps nowhere, oldest first.</summary>
    public IReadOnlyList<string> NoticesOf(Person person)
    {
        lock (Gate) return _notices.TryGetValue(person.Id, out var notices) ? [.. notices] : [];
    }

    internal void Notify(Person person, string notice)
    {
        if (!_notices.TryGetValue(person.Id, out var notices)) _notices[person.Id] = notices = [];
        notices.Add(notice);
    }
}

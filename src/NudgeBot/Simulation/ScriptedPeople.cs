using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Nudging;

namespace NudgeBot.Simulation;

/// <summary>
/// The people of a simulation: they answer as their file says, so many minutes after a step was sent to them. The answers of one person
/// come in order; those of different people are independent and are handled side by side.
/// </summary>
sealed class ScriptedPeople
{
    readonly ConversationRouter conversations;
    readonly ILookup<(string Email, string Step), ScriptedAnswer> script;
    readonly IReadOnlyDictionary<string, SimulatedPerson> people;
    readonly Dictionary<int, string> stepKeys;
    readonly HashSet<ScriptedAnswer> given = [];
    readonly PriorityQueue<Due, (Instant, long)> due = new();

    public ScriptedPeople(
        ConversationRouter conversations, IReadOnlyList<ScriptedAnswer> script, IReadOnlyDictionary<string, SimulatedPerson> people, Dictionary<int, string> stepKeys)
    {
        this.conversations = conversations;
        this.script = script.ToLookup(answer => (answer.Email, answer.Step));
        this.people = people;
        this.stepKeys = stepKeys;
        Script = script;
    }

    IReadOnlyList<ScriptedAnswer> Script { get; }

    /// <summary>Answers to what was never sent, or due after the simulation's end.</summary>
    public IEnumerable<ScriptedAnswer> NotGiven => Script.Where(answer => !given.Contains(answer));

    public int Given => given.Count;

    /// <summary>How many people answered a step.</summary>
    public int AnsweredBy(string step) => given.Where(answer => answer.Step == step).Select(answer => answer.Email).Distinct().Count();

    public Instant? NextAt => due.TryPeek(out var next, out _) ? next.At : null;

    /// <summary>Notes what has been sent at <paramref name="now"/>; the answers to it become due.</summary>
    public void Receive(IEnumerable<Outgoing> sent, Instant now)
    {
        foreach (var message in sent)
        {
            if (!NudgeId.TryParse(message.NudgeId, out var id)) continue;
            var person = people[message.Recipient];
            foreach (var answer in script[(person.Email, stepKeys[id.StepId])])
            {
                var at = now + Duration.FromMinutes(answer.AfterMinutes);
                if (at < person.EndsAt) due.Enqueue(new Due(at, answer, id, person), (at, answer.Line));
            }
        }
    }

    public async Task AnswerAsync(Instant until, CancellationToken cancellation)
    {
        var ready = new List<Due>();
        while (due.TryPeek(out var next, out _) && next.At <= until) ready.Add(due.Dequeue());
        await Parallel.ForEachAsync(ready.GroupBy(one => one.Person), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellation }, async (ofPerson, token) =>
        {
            foreach (var one in ofPerson) await conversations.HandleAsync(EventOf(one), token);
        });
        given.UnionWith(ready.Select(one => one.Answer));
    }

    static ChatEvent EventOf(Due due)
    {
        ChatEvent Press(string actionId) => new ChatEvent.Pressed(due.Person.Sender, due.At, actionId, due.Nudge.ToString());
        return due.Answer.Answer switch
        {
            AnswerWord.Worked => Press(ActionIds.Worked),
            AnswerWord.NotUseful => Press(ActionIds.NotUseful),
            AnswerWord.NotYet => Press(ActionIds.NotYet),
            AnswerWord.Blocked => Press(ActionIds.Blocked),
            AnswerWord.Snooze => Press(ActionIds.Snooze),
            AnswerWord.Stop => Press(ActionIds.Stop),
            AnswerWord.Text => new ChatEvent.Typed(due.Person.Sender, due.At, due.Answer.Text, due.Nudge.ToString()),
        };
    }

    sealed record Due(Instant At, ScriptedAnswer Answer, NudgeId Nudge, SimulatedPerson Person);
}

/// <param name="EndsAt">Their local midnight after the last date.</param>
sealed record SimulatedPerson(string Email, Sender Sender, Instant EndsAt);

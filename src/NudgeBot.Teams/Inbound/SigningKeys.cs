using Microsoft.Extensions.Logging;
using NodaTime;

namespace NudgeBot.Teams.Inbound;

/// <summary>
/// Microsoft's keys, kept for a day. An unknown one has them read again, but not more often than every five minutes: anybody can invent ids of keys. While
/// Microsoft cannot be reached, those in hand stay good.
/// </summary>
/// <param name="time">The wire clock.</param>
sealed class SigningKeys(PublishedKeys published, TimeProvider time, ILogger<SigningKeys> log)
{
    static readonly Duration StayFresh = Duration.FromHours(24);
    static readonly Duration BetweenReadings = Duration.FromMinutes(5);

    /// <summary>Without any key nobody is heard: that is not waited out for minutes.</summary>
    static readonly Duration BetweenFirstReadings = Duration.FromSeconds(10);

    readonly Lock _gate = new();
    KeySet? _keys;
    Instant _readAt;
    Instant _notBefore = Instant.MinValue;
    Task? _reading;

    /// <returns>Null where Microsoft has no such key, or none can be had from it.</returns>
    public async Task<SigningKey?> FindAsync(string id, CancellationToken cancellation)
    {
        await ReadingFor(id).WaitAsync(cancellation);
        lock (_gate) return _keys?.Keys.GetValueOrDefault(id);
    }

    public bool HasAny
    {
        get
        {
            lock (_gate) return _keys is not null;
        }
    }

    /// <returns>One for all who ask at once; it is over already where none is due.</returns>
    Task ReadingFor(string id)
    {
        lock (_gate)
        {
            var now = Now;
            if (_keys is { } keys && now - _readAt < StayFresh && keys.Keys.ContainsKey(id)) return Task.CompletedTask;
            if (_reading is not null) return _reading;
            if (now < _notBefore) return Task.CompletedTask;
            // A reading that is due anyway leaves the one for an unknown key open.
            var forUnknown = _keys is not null && now - _readAt < StayFresh;
            return _reading = Task.Run(() => ReadAsync(forUnknown));
        }
    }

    async Task ReadAsync(bool forUnknown)
    {
        KeySet? read = null;
        var failure = "an error of this program";
        try
        {
            read = await published.ReadAsync();
        }
        catch (UnusableKeysException error)
        {
            failure = error.Message;
        }
        catch (HttpRequestException error)
        {
            failure = $"no answer, or too long a one ({error.HttpRequestError})";
        }
        catch (OperationCanceledException)
        {
            failure = $"no answer within {PublishedKeys.Patience.TotalSeconds} s";
        }
        finally
        {
            // Whatever comes out of it: the next one who asks does not wait for this one.
            Keep(read, failure, forUnknown);
        }
    }

    void Keep(KeySet? read, string failure, bool forUnknown)
    {
        lock (_gate)
        {
            _reading = null;
            if (read is not null)
            {
                (_keys, _readAt) = (read, Now);
                _notBefore = forUnknown ? Now + BetweenReadings : Now;
                if (read.Skipped > 0)
                    log.LogInformation("{Skipped} of the keys at {Metadata} are of no use here; {Keys} are in use.", read.Skipped, published.Metadata, read.Keys.Count);
                return;
            }
            _notBefore = Now + (_keys is null ? BetweenFirstReadings : BetweenReadings);
            if (_keys is null)
                log.LogError("The keys of Teams' tokens cannot be read from {Metadata}: {Failure}. Nothing from Teams is taken until they can be.", published.Metadata, failure);
            else
                log.LogWarning("The keys of Teams' tokens cannot be read from {Metadata}: {Failure}. Those of {ReadAt} stay in use.", published.Metadata, failure, _readAt);
        }
    }

    Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());
}

namespace NudgeBot.Database;

/// <summary>What a cluster is for, and the server settings that follow from it.</summary>
public sealed record ClusterPurpose
{
    /// <summary>Keeps what it is given. A work load of many short queries, where compiling them costs more than it saves.</summary>
    public static readonly ClusterPurpose Service = new(
        "shared_buffers=256MB", "jit=off", "random_page_cost=1.1", "log_checkpoints=off", "timezone=UTC", "log_timezone=UTC");

    /// <summary>For tests and simulations: fast, and worth nothing after a crash.</summary>
    public static readonly ClusterPurpose Scratch = Service with
    {
        Settings = [.. Service.Settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
            "max_wal_size=2GB", "max_connections=300"],
        InitdbOptions = ["--no-sync"],
    };

    ClusterPurpose(params IReadOnlyList<string> settings) => Settings = settings;

    internal IReadOnlyList<string> Settings { get; private init; }

    internal IReadOnlyList<string> InitdbOptions { get; private init; } = [];
}

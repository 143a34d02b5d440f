using System.Data;
using System.Runtime.CompilerServices;
using Dapper;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace NudgeBot.Database;

/// <summary>How NodaTime's types cross to PostgreSQL: an instant is a timestamptz, a local date a date.</summary>
static class DapperTypes
{
#pragma warning disable CA2255 // Dapper's type map is global to the process: set before anything of this assembly runs.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        Add(NpgsqlDbType.TimestampTz, (DateTime value) => Instant.FromDateTimeUtc(value), instant => instant.ToColumn());
        Add(NpgsqlDbType.Date, (DateOnly value) => LocalDate.FromDateOnly(value), date => date.ToColumn());
        Add(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
            (DateTime?[] values) => Array.ConvertAll(values, v => v is { } value ? Instant.FromDateTimeUtc(value) : (Instant?)null),
            instants => Array.ConvertAll(instants, i => i?.ToColumn()));
        Add(NpgsqlDbType.Array | NpgsqlDbType.Date,
            (DateOnly?[] values) => Array.ConvertAll(values, v => v is { } value ? LocalDate.FromDateOnly(value) : (LocalDate?)null),
            dates => Array.ConvertAll(dates, d => d?.ToColumn()));
    }

    public static DateTime ToColumn(this Instant instant) => instant.ToDateTimeUtc();

    public static DateOnly ToColumn(this LocalDate date) => date.ToDateOnly();

    static void Add<T, TColumn>(NpgsqlDbType type, Func<TColumn, T> read, Func<T, TColumn> write) =>
        SqlMapper.AddTypeHandler(typeof(T), new Handler<T, TColumn>(type, read, write));

    /// <summary>Names the type also of a null, which Dapper's own base class leaves for the server to guess.</summary>
    sealed class Handler<T, TColumn>(NpgsqlDbType type, Func<TColumn, T> read, Func<T, TColumn> write) : SqlMapper.ITypeHandler
    {
        public object? Parse(Type destinationType, object value) => value is TColumn column ? read(column) : null;

        public void SetValue(IDbDataParameter parameter, object value)
        {
            ((NpgsqlParameter)parameter).NpgsqlDbType = type;
            parameter.Value = value is T typed ? write(typed) : DBNull.Value;
        }
    }
}

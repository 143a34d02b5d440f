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
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new LocalDateHandler());
        SqlMapper.AddTypeHandler(new InstantsHandler());
        SqlMapper.AddTypeHandler(new LocalDatesHandler());
    }

    public static DateTime ToColumn(this Instant instant) => instant.ToDateTimeUtc();

    public static DateOnly ToColumn(this LocalDate date) => date.ToDateOnly();

    sealed class InstantHandler : SqlMapper.TypeHandler<Instant>
    {
        public override Instant Parse(object value) => Instant.FromDateTimeUtc((DateTime)value);

        public override void SetValue(IDbDataParameter parameter, Instant value)
        {
            ((NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.TimestampTz;
            parameter.Value = value.ToColumn();
        }
    }

    sealed class LocalDateHandler : SqlMapper.TypeHandler<LocalDate>
    {
        public override LocalDate Parse(object value) => value is DateOnly date ? LocalDate.FromDateOnly(date) : LocalDate.FromDateTime((DateTime)value);

        public override void SetValue(IDbDataParameter parameter, LocalDate value)
        {
            ((NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.Date;
            parameter.Value = value.ToColumn();
        }
    }

    sealed class InstantsHandler : SqlMapper.TypeHandler<Instant?[]>
    {
        public override Instant?[] Parse(object value) => throw new NotSupportedException("Arrays of instants are only written.");

        public override void SetValue(IDbDataParameter parameter, Instant?[]? value)
        {
            ((NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz;
            parameter.Value = value?.Select(i => i?.ToColumn()).ToArray();
        }
    }

    sealed class LocalDatesHandler : SqlMapper.TypeHandler<LocalDate?[]>
    {
        public override LocalDate?[] Parse(object value) => throw new NotSupportedException("Arrays of dates are only written.");

        public override void SetValue(IDbDataParameter parameter, LocalDate?[]? value)
        {
            ((NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date;
            parameter.Value = value?.Select(d => d?.ToColumn()).ToArray();
        }
    }
}

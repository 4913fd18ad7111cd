using Npgsql;

namespace MnfstRag.Postgres.Connecting;

/// <summary>
/// A connection signs in with the password that stands in its own address, or in the passfile which that names. What Npgsql would take from this
/// machine instead (PGPASSWORD, PGPASSFILE, the account's .pgpass) was never given for that server, and would be offered to every one whose address has none.
/// </summary>
internal static class OwnPassword
{
    /// <summary>Sees to it, where the settings name neither password nor passfile: a server that asks for one gets none, and the fault says so.</summary>
    public static NpgsqlDataSourceBuilder WithOwnPasswordOnly(this NpgsqlDataSourceBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.ConnectionStringBuilder.Password) && string.IsNullOrEmpty(builder.ConnectionStringBuilder.Passfile))
        {
            builder.UsePasswordProvider(_ => throw Missing(), (_, _) => throw Missing());
        }

        return builder;
    }

    // Npgsql's own words, by which the fault is known.
    private static NpgsqlException Missing() => new("No password has been provided: the address has none.");
}

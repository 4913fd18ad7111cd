using Npgsql;

namespace MnfstRag.Admin.Data;

/// <summary>What the runtime role may do: use accounts and environments, append to and read the audit log, and nothing else.</summary>
internal static class StoreGrants
{
    /// <summary>Grants it; returns the owner's name when the runtime role could do everything that the owner can.</summary>
    public static async Task<string?> ApplyAsync(NpgsqlConnection owner, string runtimeRole, CancellationToken cancellationToken)
    {
        var role = Quote(runtimeRole);
        await using (var grants = new NpgsqlCommand(
            $"""
            GRANT USAGE ON SCHEMA identity, admin, audit TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA identity, admin TO {role};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA identity, admin TO {role};
            REVOKE INSERT, UPDATE, DELETE ON admin.migrations FROM {role};
            REVOKE ALL ON audit.entries FROM PUBLIC, {role};
            GRANT SELECT, INSERT ON audit.entries TO {role};
            REVOKE UPDATE, DELETE ON admin.maintenance_journal FROM {role};
            GRANT USAGE, CREATE ON SCHEMA history, quartz TO {role};
            """,
            owner))
        {
            await grants.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var question = new NpgsqlCommand(
            """
            SELECT c.relowner::regrole::text
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_roles r ON r.rolname = $1
            WHERE c.oid = 'audit.entries'::regclass
              AND (r.rolsuper OR pg_catalog.pg_has_role(r.oid, c.relowner, 'MEMBER'))
            """,
            owner);
        question.Parameters.Add(new NpgsqlParameter<string> { TypedValue = runtimeRole });
        return await question.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

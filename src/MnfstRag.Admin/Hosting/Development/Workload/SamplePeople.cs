using Npgsql;

namespace MnfstRag.Admin.Hosting.Development.Workload;

/// <summary>Whom the workload acts for: recent sessions with their users and tenants, read once.</summary>
internal sealed record SamplePeople(IReadOnlyList<SamplePeople.Visit> Visits)
{
    public static async Task<SamplePeople> LoadAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        const string sql =
            """
            SELECT sessions.id, users.id, users.email, users.tenant_id
            FROM sessions
            JOIN users ON users.id = sessions.user_id
            WHERE users.tenant_id IS NOT NULL
            ORDER BY sessions.created_at DESC
            LIMIT 300
            """;
        var visits = new List<Visit>();
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            visits.Add(new Visit(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetGuid(3)));
        }

        return visits.Count > 0 ? new SamplePeople(visits)
            : throw new NpgsqlException("the sample database has no sessions of tenant users");
    }

    public Visit Any(Random random) => Visits[random.Next(Visits.Count)];

    /// <summary>A session, its user and the user's tenant.</summary>
    internal sealed record Visit(Guid Session, Guid User, string Email, Guid Tenant);
}

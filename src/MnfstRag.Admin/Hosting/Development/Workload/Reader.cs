using System.Globalization;
using Npgsql;
using static MnfstRag.Admin.Hosting.Development.Workload.Statements;

namespace MnfstRag.Admin.Hosting.Development.Workload;

/// <summary>The short reads behind every page of the product.</summary>
internal sealed class Reader(SamplePeople people, int seed) : IWorkloadActor
{
    private readonly Random random = new(seed);

    public TimeSpan NextPause() => TimeSpan.FromMilliseconds(random.Next(250, 1200));

    public Task ActAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var visit = people.Any(random);
        var sql = random.Next(4) switch
        {
            0 => $"""
                SELECT users.id, users.created_at, users.updated_at, users.email, users.name, users.role, users.tenant_id, users.last_login, users.password_hash
                FROM users
                WHERE users.email = {Literal(visit.Email)}
                """,
            1 => $"""
                SELECT sessions.id, sessions.created_at, sessions.updated_at, sessions.title, sessions.user_id, sessions.chat_id
                FROM sessions
                WHERE sessions.user_id = {Literal(visit.User)} ORDER BY sessions.updated_at DESC
                 LIMIT 50
                """,
            2 => $"""
                SELECT messages.id, messages.created_at, messages.updated_at, messages.content, messages.role, messages.session_id, messages.timestamp
                FROM messages
                WHERE messages.session_id = {Literal(visit.Session)} ORDER BY messages.timestamp
                """,
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SELECT documents.id, documents.original_name, documents.size, documents.status, documents.error
                FROM documents
                WHERE documents.tenant_id = {Literal(visit.Tenant)} AND documents.original_name ILIKE '%{2021 + random.Next(5)}%' ORDER BY documents.created_at DESC
                 LIMIT 20
                """),
        };
        return RunAsync(source, sql, cancellationToken);
    }
}

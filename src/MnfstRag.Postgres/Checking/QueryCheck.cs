using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>A check with a statement of its own.</summary>
internal abstract class QueryCheck<T> : ServerCheck<T>, IReader<T>
    where T : class
{
    string IReader.Name => $"check-{Name}";

    protected override IReader<T> Question => this;

    public abstract string Sql(Capabilities server);

    public abstract Task<T> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken);
}

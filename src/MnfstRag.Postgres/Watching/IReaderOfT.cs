using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>A reader that says what it reads.</summary>
/// <typeparam name="T">Immutable record.</typeparam>
public interface IReader<T> : IReader
    where T : class
{
    /// <inheritdoc cref="IReader.ReadRowsAsync"/>
    Task<T> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken);

    /// <inheritdoc/>
    async Task<object> IReader.ReadRowsAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken) =>
        await ReadAsync(rows, server, cancellationToken);
}

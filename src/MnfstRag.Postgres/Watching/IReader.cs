using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// One statement and what is made of its rows. Readers hold no state, so one instance serves every server; several share a round
/// trip in <see cref="ServerReader"/>.
/// </summary>
public interface IReader
{
    /// <summary>Short name: in the SQL's tag, in faults, in logs. Unique among readers.</summary>
    string Name { get; }

    /// <summary>Lowest major version that has the view; the reader is not run on lower ones, and the fault says so.</summary>
    int MinimumMajor => 14;

    /// <summary>Its statement grows with the database: it may take <see cref="ServerReaderOptions.HeavyTimeout"/>, and runs behind those that do not.</summary>
    bool IsHeavy => false;

    /// <summary>The reader whose value can make this one's statement unnecessary; null when it always runs. Asked only when both run in one reading.</summary>
    IReader? Prior => null;

    /// <summary>This reader's value as it follows from what <see cref="Prior"/> brought a moment ago; null when the server must be asked.</summary>
    object? FromPrior(object prior) => null;

    /// <summary>The statement for this server, without its tag, beginning with its first word: one, without parameters, that takes no heavy lock.</summary>
    string Sql(Capabilities server);

    /// <summary>Reads all rows of the statement's result. <paramref name="rows"/> stands before the first.</summary>
    Task<object> ReadRowsAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken);
}

using Npgsql;

namespace MnfstRag.Admin.Hosting.Development.Workload;

/// <summary>One thing that the backend does again and again.</summary>
internal interface IWorkloadActor
{
    /// <summary>How long to wait before the next time.</summary>
    TimeSpan NextPause();

    /// <summary>Does it once.</summary>
    Task ActAsync(NpgsqlDataSource source, CancellationToken cancellationToken);
}

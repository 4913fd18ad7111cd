namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Times, besides mutes, in which nobody is told of an environment's alerts: planned maintenance.</summary>
public interface IQuietTimes
{
    /// <summary>It is such a time now.</summary>
    Task<bool> IsQuietAsync(Guid environmentId, DateTimeOffset now, CancellationToken cancellationToken);
}

namespace MnfstRag.Admin.Live;

/// <summary>An environment as one viewer of all of them sees it.</summary>
/// <param name="Snapshot">The newest.</param>
/// <param name="History">Its last hour.</param>
public sealed record WatchedNow(EnvironmentSnapshot Snapshot, ActivityHistory History);

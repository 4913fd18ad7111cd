namespace MnfstRag.Postgres.Watching;

/// <summary>Something for whose sake vacuum may not remove what was deleted since.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Names it: application and role of a session, the global id of a prepared transaction, a slot, a standby.</param>
/// <param name="Age">Transactions since: so old are the oldest row versions it keeps.</param>
/// <param name="Since">When its transaction began or was prepared; null where that is not known or hidden.</param>
/// <param name="Database">Whose rows it keeps; null where it is those of all.</param>
/// <param name="Pid">The session's process.</param>
/// <param name="CatalogOnly">It keeps rows of system catalogs alone (catalog_xmin of a logical slot).</param>
public sealed record HorizonHolder(HorizonHolderKind Kind, string Name, long Age, DateTimeOffset? Since, string? Database, int? Pid = null, bool CatalogOnly = false);

namespace MnfstRag.Admin.Data;

/// <summary>Whether the own store can be used.</summary>
/// <param name="IsReady">Migrated, and it answered when last asked.</param>
/// <param name="Words">What is being done, or what is wrong and what helps.</param>
/// <param name="Since">Since when it is so.</param>
public sealed record StoreStatus(bool IsReady, string Words, DateTimeOffset Since);

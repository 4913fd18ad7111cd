namespace MnfstRag.Admin.Data.Settings;

/// <summary>What a revision holds, before encryption. Never log it, never render it.</summary>
/// <param name="File">Bytes of the .env file.</param>
/// <param name="FingerprintKey">Random; stays with the environment, so that an equal secret keeps its fingerprint from revision to revision.</param>
/// <param name="ChangedAt">When each key last changed.</param>
internal sealed record SettingsContent(byte[] File, byte[] FingerprintKey, Dictionary<string, DateTimeOffset> ChangedAt)
{
    /// <summary>Nothing that is secret.</summary>
    public override string ToString() => $"{ChangedAt.Count} keys";
}

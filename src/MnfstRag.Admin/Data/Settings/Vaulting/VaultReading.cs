namespace MnfstRag.Admin.Data.Settings.Vaulting;

/// <summary>The last that is known of a secret, and what is wrong now.</summary>
/// <param name="Secret">The last version that was read; null before the first.</param>
/// <param name="ReadAt">Our clock, when.</param>
/// <param name="State">What became of the last attempt.</param>
/// <param name="Fault">Why it brought nothing, in words; null when it did.</param>
public sealed record VaultReading(VaultSecret? Secret, DateTimeOffset? ReadAt, VaultState State, string? Fault);

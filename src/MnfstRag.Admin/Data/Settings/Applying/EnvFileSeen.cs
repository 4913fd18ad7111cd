using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Data.Settings.Applying;

/// <summary>A .env file as it is found on this machine.</summary>
/// <param name="File">What it says; null when it does not exist or cannot be read.</param>
/// <param name="Mark">Tells two states of it apart; "" when it does not exist.</param>
/// <param name="Fault">Why it cannot be read or must not be touched, in words; null otherwise.</param>
public sealed record EnvFileSeen(EnvFile? File, string Mark, string? Fault);

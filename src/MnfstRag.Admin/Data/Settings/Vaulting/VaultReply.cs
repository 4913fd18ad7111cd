using System.Text.Json;

namespace MnfstRag.Admin.Data.Settings.Vaulting;

/// <summary>One answer over the wire, before it is judged.</summary>
/// <param name="Status">HTTP status; 0 when none came.</param>
/// <param name="Body">Its JSON; undefined where there is none.</param>
/// <param name="Errors">What Vault calls its errors, joined; empty for none.</param>
/// <param name="Fault">Why no answer came, in words; null when one did.</param>
/// <param name="State">What that is.</param>
/// <param name="NeverSent">Vault has certainly not seen the request.</param>
internal sealed record VaultReply(int Status, JsonElement Body, string Errors, string? Fault = null, VaultState State = VaultState.Answered, bool NeverSent = false)
{
    /// <summary>It says that it is sealed: no second attempt helps.</summary>
    public bool IsSealed => Status == 503 && Errors.Contains("sealed", StringComparison.OrdinalIgnoreCase);

    /// <summary>Asking again may help: for a read whenever it got nowhere, for anything else only where nothing was done yet.</summary>
    public bool IsWorthRetrying(bool isRead) =>
        Status is 412 or 429 || (NeverSent && State == VaultState.Unreachable) || (isRead && (State == VaultState.Unreachable || (Status is 500 or 502 or 503 or 504 && !IsSealed)));

    /// <summary>The reply without what it holds: tokens and secrets.</summary>
    public override string ToString() => FormattableString.Invariant($"status {Status}");
}

using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// Looks how the sign-in function stands, as <see cref="FenceInspector"/> does for the fence: from the catalog alone, read only, with any
/// role.
/// </summary>
/// <param name="url">Any credential's address.</param>
/// <param name="names">Of <see cref="SignInScript.Names"/>.</param>
/// <param name="time">Clock.</param>
public sealed class SignInInspector(DatabaseUrl url, FenceNames names, TimeProvider time)
{
    private readonly FenceInspector _inspector = new(url, names, time, FenceKind.SignIn);

    /// <summary>The state; a server that cannot be asked gives <see cref="FenceStanding.Unknown"/> with the reason.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<FenceState> InspectAsync(CancellationToken cancellationToken) => _inspector.InspectAsync(cancellationToken);
}

using System.Security.Cryptography.X509Certificates;

namespace MnfstRag.Postgres.Validating;

/// <summary>Certificates and key that settings name, as read from disk.</summary>
/// <param name="Authorities">What may sign the server's certificate; null when none is named or it cannot be read.</param>
/// <param name="Client">The client's certificate with its key; null when none is named or it cannot be read.</param>
/// <param name="Findings">What was found on the way.</param>
internal sealed record TlsFiles(X509Certificate2Collection? Authorities, X509Certificate2? Client, IReadOnlyList<Finding> Findings) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var authority in Authorities ?? [])
        {
            authority.Dispose();
        }

        Client?.Dispose();
    }
}

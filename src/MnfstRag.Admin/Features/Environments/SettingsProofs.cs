using System.Security.Cryptography;
using System.Text;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>The last proof of one circuit: saving does not ask the server again for what it was just asked. Scoped.</summary>
internal sealed class SettingsProofs(TimeProvider clock)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private (string Of, LiveProof Proof)? _last;

    /// <summary>The proof of exactly this text, unless it has grown old.</summary>
    public LiveProof? Of(ReadDraft read) =>
        _last is { } last && last.Of == HashOf(read) && clock.GetUtcNow() - last.Proof.At < GoodFor ? last.Proof : null;

    /// <summary>Keeps it.</summary>
    public void Keep(ReadDraft read, LiveProof proof) => _last = (HashOf(read), proof);

    private static string HashOf(ReadDraft read) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{read.Settings.Name}\n{read.Settings.File.ToText()}")));
}

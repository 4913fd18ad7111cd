using System.Text.Json;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>What the store keeps of a statement beside its figures. The text is masked: no tenant's data is in it.</summary>
/// <param name="Text">Masked text.</param>
/// <param name="Database">Its database; null when it was dropped.</param>
/// <param name="User">Its role.</param>
public sealed record StatementDetails(string Text, string? Database, string User)
{
    /// <summary>As the store has it.</summary>
    public static string Write(StatementText text) => JsonSerializer.Serialize(new StatementDetails(text.Text, text.Database, text.User));

    /// <summary>Reads it; null when the store has none.</summary>
    public static StatementDetails? Read(string? details) => details is null ? null : JsonSerializer.Deserialize<StatementDetails>(details);
}

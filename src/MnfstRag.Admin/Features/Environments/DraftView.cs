using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>What a draft means, worked out again after every change. No secret is in it.</summary>
/// <param name="Fields">Every known key, and the others of the text, in the order of the form.</param>
/// <param name="Findings">What the rules that ask nobody say, the most serious first.</param>
/// <param name="Changes">What differs from the newest revision.</param>
/// <param name="OtherLinesChanged">Comments, order or lines that are no assignments differ too.</param>
/// <param name="Connection">How the backend will connect, the password masked; null when the address cannot be read.</param>
/// <param name="Kind">By which of the guide's environments it is judged.</param>
public sealed record DraftView(
    IReadOnlyList<SettingsField> Fields,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<SettingChange> Changes,
    bool OtherLinesChanged,
    string? Connection,
    EnvironmentKind Kind)
{
    /// <summary>It says something else than the newest revision.</summary>
    public bool HasChanges => Changes.Count > 0 || OtherLinesChanged;
}

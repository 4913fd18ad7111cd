namespace MnfstRag.Admin.Features.Fencing;

/// <summary>What came of a change of the fence.</summary>
/// <param name="Done">It was made; null when that is not known.</param>
/// <param name="Words">The same for a person.</param>
/// <param name="Correlation">Joins the rows of the audit log about it; null when nothing was begun.</param>
public sealed record FenceChange(bool? Done, string Words, Guid? Correlation = null)
{
    internal static FenceChange Refused(string words) => new(false, words);
}

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Findings that the same kind of operation mends.</summary>
/// <param name="Kind">Name of the kind.</param>
/// <param name="Title">"Create indexes".</param>
/// <param name="Remedies">Each with its finding.</param>
public sealed record ToDoGroup(string Kind, string Title, IReadOnlyList<Remedy> Remedies);

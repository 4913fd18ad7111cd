namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What needs doing on an environment, and can be done here.</summary>
/// <param name="Groups">By kind, the most pressing first.</param>
/// <param name="StaleTables">Tables whose statistics are old.</param>
/// <param name="IsRead">Indexes and tables have been read: an empty list means that nothing needs doing.</param>
public sealed record ToDo(IReadOnlyList<ToDoGroup> Groups, int StaleTables, bool IsRead);

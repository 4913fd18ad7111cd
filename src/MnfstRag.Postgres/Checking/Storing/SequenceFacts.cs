namespace MnfstRag.Postgres.Checking;

/// <summary>Sequences of this database that do not cycle (<c>pg_sequence</c>, 14–18).</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Hidden">How many the role may not read.</param>
/// <param name="Fullest">The fullest first.</param>
internal sealed record SequenceFacts(long Total, long Hidden, IReadOnlyList<SequenceUse> Fullest);

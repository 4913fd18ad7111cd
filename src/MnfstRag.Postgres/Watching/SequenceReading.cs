namespace MnfstRag.Postgres.Watching;

/// <summary>Sequences of this database that do not cycle (<c>pg_sequence</c>, 14–18).</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Hidden">How many the role may not read.</param>
/// <param name="Fullest">The fullest first, at most <see cref="SequenceReader.Most"/>.</param>
public sealed record SequenceReading(long Total, long Hidden, IReadOnlyList<SequenceUse> Fullest);

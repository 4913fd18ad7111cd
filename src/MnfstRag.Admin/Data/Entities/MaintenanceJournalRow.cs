namespace MnfstRag.Admin.Data.Entities;

/// <summary>One line of a run's journal: written before what it tells of is done. Rows are added, never changed.</summary>
public sealed class MaintenanceJournalRow
{
    /// <summary>Its run.</summary>
    public Guid RunId { get; set; }

    /// <summary>From 1, without gaps.</summary>
    public int Number { get; set; }

    /// <summary>When it was written, by our clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The entry, as <c>MnfstRag.Postgres.Maintaining</c> writes it.</summary>
    public required string Entry { get; set; }
}

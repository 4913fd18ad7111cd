namespace MnfstRag.Postgres.Advising;

/// <summary>Whether an index that the product recommends is there.</summary>
public enum RecommendedState
{
    /// <summary>There, under its own name.</summary>
    Present,

    /// <summary>There, under another name.</summary>
    UnderAnotherName,

    /// <summary>Another index does its work and more.</summary>
    Served,

    /// <summary>An index has its name, and is another one or not valid.</summary>
    NameTaken,

    /// <summary>Not there.</summary>
    Missing,
}

namespace MnfstRag.Postgres.Fencing;

/// <summary>What came of an attempt to get past the fence.</summary>
public enum FenceVerdict
{
    /// <summary>Nothing of another tenant was to be had.</summary>
    Held,

    /// <summary>It could not be tried: there was nothing to be seen, or something else failed first.</summary>
    NotProven,

    /// <summary>It got through.</summary>
    Broken,
}

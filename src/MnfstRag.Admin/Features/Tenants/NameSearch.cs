namespace MnfstRag.Admin.Features.Tenants;

/// <summary>How the names of documents are looked through.</summary>
public enum NameSearch
{
    /// <summary>Whole words in any form, through the full-text index where there is one.</summary>
    Words,

    /// <summary>The name begins so; each of the tenant's names is looked at.</summary>
    Start,

    /// <summary>Anywhere in the name; each of the tenant's names is looked at.</summary>
    Part,
}

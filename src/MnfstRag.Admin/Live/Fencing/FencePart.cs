namespace MnfstRag.Admin.Live.Fencing;

/// <summary>What a database is prepared with for tenants.</summary>
public enum FencePart
{
    /// <summary>The views and functions through which a tenant's rows are read and written.</summary>
    Tenants,

    /// <summary>The function through which users of the product sign in.</summary>
    SignIn,
}

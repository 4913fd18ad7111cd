namespace MnfstRag.Admin.Access.Pages;

/// <summary>The account that was chosen.</summary>
public sealed class TenantForm
{
    /// <summary>Its place in the list.</summary>
    public int Index { get; set; } = -1;
}

namespace MnfstRag.Admin.Components.Parts;

/// <summary>A way from a finding to where it is mended.</summary>
/// <param name="Words">What will be done to what: "Rebuild idx_documents_tenant_status". Text of a button.</param>
/// <param name="Address">A page of ours, with the environment and all that the page needs to know in it: "/maintenance?environment=production&amp;…".</param>
public sealed record RemedyLink(string Words, string Address);

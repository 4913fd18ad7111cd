namespace MnfstRag.Admin.Access.Tenants;

/// <summary>Content of a tenant that is not one's own is shown after a reason was stated, which is audited. Pages ask for it in place.</summary>
public sealed class ContentReasonNeededException()
    : Exception("This is another's content. State why you look at it; the reason is written to the audit log.");

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A page of documents with what surrounds it.</summary>
/// <param name="Page">The rows.</param>
/// <param name="Took">How long the server took for them.</param>
/// <param name="MayChange">The caller may set statuses.</param>
/// <param name="MayTransfer">The caller may import and export.</param>
public sealed record DocumentsView(PageOf<DocumentLine> Page, TimeSpan Took, bool MayChange, bool MayTransfer);

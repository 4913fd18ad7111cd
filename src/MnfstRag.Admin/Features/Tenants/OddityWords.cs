namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What a kind of oddity is, so what, and what next.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Meaning">What follows from it.</param>
/// <param name="Next">What to do.</param>
/// <param name="Id">What its identity is of.</param>
/// <param name="Other">What it disagrees with; null where that says nothing.</param>
public sealed record OddityWords(string Title, string Meaning, string Next, string Id, string? Other)
{
    /// <summary>Of one of <see cref="Postgres.Fencing.TenantOversight.Kinds"/>.</summary>
    public static OddityWords Of(string kind) => kind switch
    {
        "document_without_tenant" => new("Documents whose tenant is gone", "No tenant sees them, and they take space.", "Delete them in the product, or give them to a tenant there.", "document", null),
        "document_without_user" => new("Documents whose uploader is gone", "Their tenant sees them without a name.", "Nothing breaks. The product keeps no foreign key for this.", "document", "user"),
        "document_of_foreign_user" => new("Documents uploaded by another tenant's user", "A user of one tenant put a document into another: a user was moved, or the product mixed tenants.", "Look at that user's history before anything else.", "document", "user"),
        "stuck_processing" => new("Stuck in processing for more than an hour", "The worker that had them is gone; nobody takes them up again by itself.", "Mark them as uploaded in their tenant's documents.", "document", null),
        "session_disagrees" => new("Sessions whose user and chat belong to different tenants", "They are hidden from both tenants.", "Find out which of the two is right, and correct it in the product.", "session", "chat's tenant"),
        "duplicate_slug" => new("Tenants with the same slug", "An address that names the slug leads to either of them.", "Rename one in the product.", "tenant", "tenant"),
        "duplicate_email" => new("Users with the same e-mail", "Where a person belongs to several tenants this is meant; within one tenant sign-in takes either account.", "Compare the accounts, and remove the one that is not used.", "user", "user"),
        _ => new("Users without a tenant", "They can sign in and see nothing.", "Give them a tenant in the product, or remove them.", "user", null),
    };
}

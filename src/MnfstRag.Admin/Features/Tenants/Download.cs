namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A file that waits to be fetched once, by the person who asked for it.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Name">What the file is called.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Environment">Where from.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Permission">What is asked again when it is fetched.</param>
/// <param name="Write">Writes it, row by row.</param>
internal sealed record Download(Guid UserId, string Name, string ContentType, string Environment, Guid Tenant, string Permission, Func<Stream, CancellationToken, Task> Write);

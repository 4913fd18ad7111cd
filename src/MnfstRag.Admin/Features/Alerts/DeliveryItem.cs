namespace MnfstRag.Admin.Features.Alerts;

/// <summary>A message as it may be shown.</summary>
/// <param name="Id">Its id, as the receiver got it.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Subject">One line.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="DueAt">When it is tried next.</param>
/// <param name="DeliveredAt">When it was taken; null before.</param>
/// <param name="GivenUpAt">When it was given up; null before.</param>
/// <param name="Fault">Why the last attempt failed.</param>
public sealed record DeliveryItem(Guid Id, string Channel, string Subject, DateTimeOffset MadeAt, int Attempts, DateTimeOffset DueAt, DateTimeOffset? DeliveredAt, DateTimeOffset? GivenUpAt, string? Fault);

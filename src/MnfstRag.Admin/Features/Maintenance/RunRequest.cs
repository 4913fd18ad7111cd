namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>A person's wish to run a plan.</summary>
/// <param name="Plan">The plan that was shown.</param>
/// <param name="Reason">Why, in their words; needed for a disruptive plan.</param>
/// <param name="Password">Typed again for a disruptive plan.</param>
/// <param name="TypedName">The object's name, typed, for a disruptive plan.</param>
public sealed record RunRequest(Guid Plan, string Reason = "", string Password = "", string TypedName = "");

using MnfstRag.Postgres.Signalling;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>Who asks for what to be done to which session. Two that are equal are one: a second click changes nothing.</summary>
/// <param name="UserId">The caller.</param>
/// <param name="EnvironmentId">Where.</param>
/// <param name="Kind">Cancel or terminate.</param>
/// <param name="Session">The session that is meant.</param>
/// <param name="QueryStart">For a cancel: the statement that is meant.</param>
public sealed record SignalOrder(Guid UserId, Guid EnvironmentId, SignalKind Kind, SessionKey Session, DateTimeOffset? QueryStart);

namespace MnfstRag.Postgres.Signalling;

/// <summary>What became of a signal, told truthfully.</summary>
/// <param name="Outcome">Whether it was sent.</param>
/// <param name="Gone">After <see cref="SignalOutcome.Sent"/>: the session (terminate) or its statement (cancel) was seen to be gone; false when it was still there after the wait; null when it was not sent or could not be seen.</param>
/// <param name="Words">The same for a person.</param>
/// <param name="Grant">SQL that an owner of the server can run so that it works next time; null when none would help.</param>
public sealed record SignalResult(SignalOutcome Outcome, bool? Gone, string Words, string? Grant = null);

using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>What rules are held against besides the server's own readings. Singletons; asked at every look, on the leading instance, so they answer from what they know already.</summary>
public interface IAlertSource
{
    /// <summary>Adds what is known of an environment now; leaves out a rule that cannot be judged.</summary>
    AlertReadings Add(AlertReadings readings, EnvironmentSnapshot snapshot, DateTimeOffset now);
}

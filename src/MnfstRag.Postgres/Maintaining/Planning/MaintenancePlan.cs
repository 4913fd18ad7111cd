using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What would be done, and what speaks for and against doing it now. Immutable; goes to and from JSON.</summary>
public sealed record MaintenancePlan
{
    /// <summary>What was asked for.</summary>
    public required MaintenanceOperation Operation { get; init; }

    /// <summary>The server's clock when the plan was made; ours where the server could not be asked.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>Where; null when the server could not be asked.</summary>
    public PlanServer? Server { get; init; }

    /// <summary>Commands in order; none where the verdict is <see cref="MaintenanceVerdict.No"/> because nothing sensible could be sent.</summary>
    public ImmutableArray<MaintenanceStep> Steps { get; init; } = [];

    /// <summary>Why; the weightiest first.</summary>
    public ImmutableArray<PlanReason> Reasons { get; init; } = [];

    /// <summary>Who is in the way now, or would be made to wait.</summary>
    public ImmutableArray<PlanSession> Sessions { get; init; } = [];

    /// <summary>Sizes; null where the operation has no object with a size.</summary>
    public PlanSize? Size { get; init; }

    /// <summary>How long it will likely take.</summary>
    public PlanDuration Duration { get; init; } = new(null, null, 0, "Unknown: nothing like it has run on this server yet.");

    /// <summary>Room on disk.</summary>
    public PlanDisk Disk { get; init; } = new(0, null, "No room on disk worth mentioning.");

    /// <summary>It needs the stronger permission: the operation always does, or as things are it would stop others.</summary>
    public bool IsDisruptive { get; init; }

    /// <summary>The plan as a script for psql: comments, SET and the steps.</summary>
    public string Script { get; init; } = "";

    /// <summary>What the plan advises: its weightiest reason.</summary>
    [JsonIgnore]
    public MaintenanceVerdict Verdict => Reasons.Length == 0 ? MaintenanceVerdict.Go : Reasons.Max(reason => reason.Verdict);

    /// <summary>
    /// SHA-256 over what would be sent and to what, in hexadecimal. A plan made again just before the run must have the one that a person agreed to.
    /// </summary>
    [JsonIgnore]
    public string Fingerprint
    {
        get
        {
            var text = new StringBuilder().Append(Server?.SystemIdentifier).Append('\n').Append(Server?.Database).Append('\n');
            foreach (var step in Steps)
            {
                text.Append(step.Sql).Append('\n').AppendJoin(' ', step.Objects.Select(one => one.Oid)).Append('\n');
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }
}

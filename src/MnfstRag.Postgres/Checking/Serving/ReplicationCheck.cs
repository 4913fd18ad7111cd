using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>Do standbys follow, and does no slot hoard the write-ahead log?</summary>
internal sealed class ReplicationCheck : ServerCheck<ReplicationReading>
{
    public override string Name => "replication";

    public override string Title => "Standbys follow, and no slot hoards log";

    protected override IReader<ReplicationReading> Question => ReplicationReader.Instance;

    public override CheckOutcome Judge(ReplicationReading facts, Capabilities server)
    {
        List<CheckOutcome> found = [.. facts.Links.Where(link => link.State is not null).Select(ReplicationRules.Judge), .. facts.Slots.Select(ReplicationRules.Judge)];
        if (facts.Standby is { } standby)
        {
            found.Insert(0, ReplicationRules.Judge(standby));
        }

        var hidden = facts.Links.Count(link => link.State is null);
        if (hidden > 0)
        {
            found.Add(CheckOutcome.Skipped($"How far {PlainWords.Of(hidden, "standby", "standbys")} lag is hidden from {server.Role}.", Grants.Monitor(server)));
        }

        return found.Count == 0
            ? CheckOutcome.Ok("A primary without standbys and without replication slots.")
            : Outcomes.Together(found);
    }
}

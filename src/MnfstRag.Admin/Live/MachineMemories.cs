using MnfstRag.Admin.Data.Environments;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Live;

/// <summary>Memory of the environments' machines as the configuration states it; validated at start. Never guessed.</summary>
public sealed class MachineMemories(IConfiguration configuration)
{
    /// <summary>Null where nobody has stated it.</summary>
    public MachineMemory? Of(string environment)
    {
        var machine = configuration.GetSection(ConfiguredEnvironments.Section).GetSection(environment).GetSection(StatedMemory.Section);
        return StatedMemory.Parse(machine[StatedMemory.Memory]) is { } bytes
            ? new MachineMemory(bytes, machine[StatedMemory.Origin] is { Length: > 0 } origin ? origin : $"stated in {machine.Path}:{StatedMemory.Memory}")
            : null;
    }
}

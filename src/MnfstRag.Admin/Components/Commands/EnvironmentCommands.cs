using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Components.Commands;

/// <summary>A switch to each environment that is not shown now.</summary>
internal sealed class EnvironmentCommands(EnvironmentSelection selection) : ICommandSource
{
    public async Task<IReadOnlyList<Command>> ListAsync(CancellationToken cancellationToken = default) =>
    [
        .. (await selection.ListAsync(cancellationToken))
            .Where(environment => environment.Name != selection.Current)
            .Select(environment => new Command($"Switch to {environment.Name}", "Environment", Run: () => Switch(environment.Name))),
    ];

    private Task Switch(string name)
    {
        selection.Select(name);
        return Task.CompletedTask;
    }
}

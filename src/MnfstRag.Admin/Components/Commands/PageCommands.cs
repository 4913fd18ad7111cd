using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Components.Commands;

/// <summary>Every page that the caller may open.</summary>
internal sealed class PageCommands(NavPages pages, EnvironmentSelection selection) : ICommandSource
{
    public async Task<IReadOnlyList<Command>> ListAsync(CancellationToken cancellationToken = default) =>
    [
        .. (await pages.AllowedAsync(cancellationToken)).Select(page =>
            new Command(page.Title, "Page", page.OfEnvironment ? selection.Link(page.Path) : page.Path, Keywords: page.Keywords)),
        new Command("Manage account", "Page", "/account/manage", Keywords: "password passkey totp sign in"),
    ];
}

using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>The dashboard's own credentials of one environment.</summary>
public sealed partial class CredentialsPage(CredentialsService service, IAccess access, EnvironmentSelection selection) : IDisposable
{
    private readonly PageLife _gone = new();
    private string? _environment;
    private IReadOnlyList<CredentialView>? _credentials;
    private string? _fault;
    private bool _mayChange;
    private bool _loaded;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _mayChange = await access.MayAsync(Permissions.ChangeSettings, _gone.Token);
        selection.Changed += OnSelectionChanged;
        await ReadAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        selection.Changed -= OnSelectionChanged;
        _gone.Dispose();
    }

    private void OnSelectionChanged() => _ = InvokeAsync(async () =>
    {
        if (selection.Current != _environment)
        {
            await ReadAsync();
            StateHasChanged();
        }
    });

    private async Task ReadAsync()
    {
        if (selection.Current != _environment)
        {
            (_environment, _credentials, _loaded) = (selection.Current, null, false);
        }

        if (_environment is not { } environment)
        {
            return;
        }

        try
        {
            (_credentials, _fault, _loaded) = (await service.ListAsync(environment, _gone.Token), null, true);
        }
        catch (StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
    }
}

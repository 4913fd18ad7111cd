using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Users;

/// <summary>The one tenant that a tenant admin's local account is limited to.</summary>
public sealed partial class TenantPicker(TenantBindingService tenants) : IDisposable
{
    private readonly PageLife _gone = new();
    private IReadOnlyList<string> _environments = [];
    private IReadOnlyList<TenantName> _found = [];
    private string? _environment;
    private string? _find;
    private Guid? _tenant;
    private string? _fault;

    /// <summary>The person.</summary>
    [Parameter, EditorRequired]
    public UserRow User { get; set; } = null!;

    /// <summary>A tenant was chosen; none takes it away.</summary>
    [Parameter]
    public EventCallback<(string? Environment, Guid? Tenant)> OnBind { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _environments = await tenants.EnvironmentsAsync(_gone.Token);
        _environment = _environments.Count > 0 ? _environments[0] : null;
        await FindAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Dispose();
    }

    private async Task FindAsync()
    {
        if (_environment is not { } environment)
        {
            return;
        }

        try
        {
            var found = await tenants.FindAsync(environment, _find, _gone.Token);
            (_found, _fault, _tenant) = (found.Tenants, found.Fault, found.Tenants.Count == 1 ? found.Tenants[0].Id : null);
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The viewer left.
        }
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>All tenants of an environment, for staff. Who has one tenant only is led to it.</summary>
public sealed partial class TenantsPage(TenantListService list, ITenantAccess tenants, IAccess access, EnvironmentSelection selection, NavigationManager navigation) : IDisposable
{
    private readonly PageLife _gone = new();
    private TenantList? _list;
    private TenantTrouble? _trouble;
    private TenantName? _after;
    private string? _find;
    private string? _environment;
    private bool _mayRead;
    private bool _mayFence;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += OnLocationChanged;
        _mayFence = await access.MayAsync(Permissions.FenceTenants, _gone.Token);
        await FollowAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        navigation.LocationChanged -= OnLocationChanged;
        _gone.Dispose();
    }

    private async Task FollowAsync()
    {
        var places = await tenants.PlacesAsync(_gone.Token);
        _environment = selection.Requested ?? (places is [{ } only] ? only.Environment : places.FirstOrDefault(place => place.Environment == selection.Current)?.Environment ?? (places.Count > 0 ? places[0].Environment : null));
        _mayRead = places.Any(place => place.Environment == _environment && place.Tenant is null) && await access.MayAsync(Permissions.ReadTenants, _gone.Token);
        _find = navigation.ReadQuery("find");
        _after = null;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        try
        {
            _trouble = null;
            _list = await list.ListAsync(_environment, _find, _after, _gone.Token);
            if (_list.Own is { } own)
            {
                navigation.NavigateTo(Link($"/tenants/{own}"), replace: true);
            }
        }
        catch (Exception fault) when (TenantTrouble.Of(fault) is { } trouble)
        {
            _trouble = trouble;
        }
    }

    private Task FindAsync(ChangeEventArgs e)
    {
        navigation.ReplaceQuery("find", (e.Value as string)?.Trim());
        return Task.CompletedTask;
    }

    private Task TurnAsync(TenantName? after)
    {
        _after = after;
        return ReadAsync();
    }

    private string Link(string path) => _environment is null ? path : selection.Link(path, _environment);

    private static string Capped(long? count, int exactly) => count is { } known && known > exactly ? $"more than {Words.Count(exactly)}" : Words.Count(count);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (navigation.ToAbsoluteUri(e.Location).AbsolutePath == "/tenants")
        {
            _ = InvokeAsync(async () =>
            {
                try
                {
                    await FollowAsync();
                    StateHasChanged();
                }
                catch (Exception fault)
                {
                    await DispatchExceptionAsync(fault);
                }
            });
        }
    }
}

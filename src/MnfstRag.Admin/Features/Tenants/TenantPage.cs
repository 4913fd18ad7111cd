using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What pages of one tenant have in common: they follow the URL, and say in place what keeps the tenant from being shown.</summary>
public abstract class TenantPage : ComponentBase, IDisposable
{
    private readonly PageLife _gone = new();
    private string? _loaded;
    private int _turn;

    [Inject]
    private ITenantAccess Tenants { get; set; } = null!;

    [Inject]
    private TenantListService List { get; set; } = null!;

    [Inject]
    private EnvironmentSelection Selection { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>The address, and how to change it.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>The tenant of the address.</summary>
    [Parameter]
    public Guid Tenant { get; set; }

    /// <summary>Where; null is the caller's own environment.</summary>
    public string? Environment { get; private set; }

    /// <summary>What the tenant is called; null until that is known, and where it may not be.</summary>
    public TenantName? Named { get; private set; }

    /// <summary>Why the tenant is not shown; null when it is.</summary>
    public TenantTrouble? Trouble { get; private set; }

    /// <summary>Nothing has been read yet.</summary>
    public bool IsLoading { get; private set; } = true;

    /// <summary>The page went.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>An address within the tenant: "/documents".</summary>
    public string Link(string path) => LinkTo($"/tenants/{Tenant}{path}");

    /// <summary>An address with the environment that is shown.</summary>
    public string LinkTo(string path) => Environment is { } name ? QueryHelpers.AddQueryString(path, EnvironmentSelection.Parameter, name) : path;

    /// <summary>Takes the reason that a person stated and loads again; what is wrong with it, in words.</summary>
    public async Task<string?> StateReasonAsync(string reason)
    {
        var fault = await Tenants.StateReasonAsync(Environment ?? (await Tenants.PlacesAsync(Gone))[0].Environment, Tenant, reason, Gone);
        if (fault is null)
        {
            await ReloadAsync();
        }

        return fault;
    }

    /// <summary>Reads again.</summary>
    public async Task ReloadAsync()
    {
        _loaded = null;
        await FollowAsync();
        StateHasChanged();
    }

    /// <summary>Reads what the address names.</summary>
    protected abstract Task LoadAsync(Uri address);

    /// <summary>Runs what a person asked for; what keeps it from being done is shown in place.</summary>
    protected async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (TenantTrouble.Of(fault) is { } trouble)
        {
            Trouble = trouble;
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The page went while it was done.
        }
    }

    /// <summary>Lets the browser fetch the file that waits at <paramref name="address"/>, and stays.</summary>
    protected async Task SaveAsync(string address)
    {
        try
        {
            await Js.InvokeVoidAsync("mnfst.saveFile", Gone, address);
        }
        catch (JSDisconnectedException)
        {
            // The viewer left.
        }
    }

    /// <inheritdoc />
    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => FollowAsync();

    private async Task FollowAsync()
    {
        if (_loaded == Navigation.Uri)
        {
            return;
        }

        _loaded = Navigation.Uri;
        var turn = ++_turn;
        var address = Navigation.ToAbsoluteUri(Navigation.Uri);
        Trouble = null;
        await TryAsync(async () =>
        {
            Environment = await ChooseAsync(address);
            if (Named?.Id != Tenant)
            {
                Named = null;
                Named = await List.NameAsync(Environment, Tenant, Gone);
            }

            await LoadAsync(address);
        });
        if (turn == _turn)
        {
            IsLoading = false;
        }
    }

    // Who is bound to one environment is told no other name; an address that names another is answered as not found.
    private async Task<string?> ChooseAsync(Uri address)
    {
        var asked = QueryHelpers.ParseQuery(address.Query).TryGetValue(EnvironmentSelection.Parameter, out var values) && values[^1] is { Length: > 0 } name ? name : null;
        var places = await Tenants.PlacesAsync(Gone);
        return asked
            ?? (places is [{ } only] ? only.Environment
            : places.FirstOrDefault(place => place.Environment == Selection.Current)?.Environment ?? (places.Count > 0 ? places[0].Environment : null));
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (Navigation.ToAbsoluteUri(e.Location).AbsolutePath == new Uri(_loaded ?? e.Location).AbsolutePath)
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

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }
}

using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What lies between the tenants. Each kind is asked for by itself, one after the other.</summary>
public sealed partial class OdditiesPage(OdditiesService oddities, ITenantAccess tenants, EnvironmentSelection selection) : IDisposable
{
    private readonly PageLife _gone = new();
    private readonly Dictionary<string, Oddity> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);
    private string? _environment;
    private bool _looking;
    private bool _missing;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LookAsync();

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Dispose();
    }

    private async Task LookAsync()
    {
        var places = await tenants.PlacesAsync(_gone.Token);
        _environment = selection.Requested ?? (places is [{ } only] ? only.Environment : places.FirstOrDefault(place => place.Environment == selection.Current)?.Environment ?? (places.Count > 0 ? places[0].Environment : null));
        _looking = true;
        _found.Clear();
        _faults.Clear();
        try
        {
            foreach (var kind in TenantOversight.Kinds)
            {
                try
                {
                    _found[kind] = await oddities.LookAsync(_environment, kind, _gone.Token);
                }
                catch (Exception fault) when (TenantTrouble.Of(fault) is { Kind: not TenantTroubleKind.NotFound } trouble)
                {
                    _faults[kind] = trouble.Words;
                }

                StateHasChanged();
            }
        }
        catch (TenantNotFoundException)
        {
            _missing = true;
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The page went.
        }
        finally
        {
            _looking = false;
        }
    }
}

using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Every environment with the state of its settings, and all of them side by side.</summary>
public sealed partial class EnvironmentsPage(EnvironmentsService environments, IAccess access, EnvironmentSelection selection) : IDisposable
{
    private readonly PageLife _gone = new();
    private IReadOnlyList<EnvironmentListing>? _all;
    private string? _fault;
    private string _name = "";
    private bool _mayChange;
    private bool _busy;
    private bool _onlyDifferent = true;

    private IReadOnlyList<EnvironmentListing> Compared => [.. _all?.Where(one => one.Latest is not null) ?? []];

    private IReadOnlyList<string> Rows =>
    [
        .. KnownSettings.All.Select(known => known.Key).Where(key => Compared.Any(one => one.Values.ContainsKey(key))),
        .. Compared.SelectMany(one => one.Values.Keys).Where(key => KnownSettings.Find(key) is null).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _mayChange = await access.MayAsync(Permissions.ChangeSettings, _gone.Token);
        await ReadAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            (_all, _fault) = (await environments.ListAsync(_gone.Token), null);
        }
        catch (StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
    }

    private async Task AddAsync(string name)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _fault = await environments.AddAsync(name, _gone.Token);
            if (_fault is null)
            {
                _name = "";
                await ReadAsync();
            }
        }
        catch (StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
        finally
        {
            _busy = false;
        }
    }

    private string Link(string environment, string path = "/settings") => selection.Link(path, environment);

    /// <summary>Secrets differ by nature: they are told as a difference only where one environment has one and another has none.</summary>
    private bool IsDifferent(string key) => Compared
        .Select(one => one.Values.TryGetValue(key, out var value) ? value.StartsWith("secret", StringComparison.Ordinal) ? "secret" : value : null)
        .Distinct(StringComparer.Ordinal)
        .Count() > 1;

    private static string Unset(string key) => KnownSettings.Find(key)?.EffectiveDefault is { } standard ? $"Not set: the product takes {standard}" : "Not set";
}

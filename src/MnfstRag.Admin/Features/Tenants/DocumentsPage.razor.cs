using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Documents of a tenant. Filters, page and the open document are in the URL.</summary>
public sealed partial class DocumentsPage(DocumentsService documents, StatusService statuses, TransferService transfers)
{
    private const string DocumentParameter = "document";
    private const string PageParameter = "page";

    /// <summary>A page that takes longer is said to be slow.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    private readonly HashSet<Guid> _chosen = [];
    private DocumentFilter _filter = new();
    private PageCursor? _cursor;
    private (Guid, DocumentFilter, PageCursor?)? _shown;
    private DocumentFacets _facets = DocumentFacets.None;
    private DocumentsView? _view;
    private CappedCount? _count;
    private string? _uncounted;
    private DocumentLine? _document;
    private StatusRun? _run;
    private bool _asking;
    private bool _all;
    private bool _importing;

    private Guid? Opened => Guid.TryParse(Navigation.ReadQuery(DocumentParameter), out var id) ? id : null;

    private string CountWords => (_count, _uncounted) switch
    {
        ({ Estimated: { } about, Counted: var exact }, _) => $"more than {Words.Count(exact)}, about {Words.Count(about)}",
        ({ Counted: var exact }, _) => Words.ExactCount(exact),
        (_, not null) => "not counted",
        _ => "counting",
    };

    private string? CountExplained => (_count, _uncounted) switch
    {
        ({ Estimated: not null }, _) => "Counted exactly up to 10,000; the rest is the server's planner's estimate.",
        ({ }, _) => "Counted exactly.",
        var (_, fault) => fault,
    };

    private string? Slow => _view is { Took: var took } && took > Patience ? $"This took {Words.Duration(took)}: {Why}" : null;

    private string Why => _filter switch
    {
        { Find: not null, Search: NameSearch.Words } => "the names of documents have no full-text index, or very many match.",
        { Find: not null } => "each of the tenant's names is looked at. Whole words are found through an index.",
        _ => "the tenant's documents are sorted for each page, for no index has their order.",
    };

    private string? _advice => _filter switch
    {
        { Find: not null, Search: NameSearch.Words } => "CREATE INDEX CONCURRENTLY idx_documents_name_fts ON documents USING gin (to_tsvector('english', original_name))",
        { Find: not null } => null,
        _ => "CREATE INDEX CONCURRENTLY idx_documents_tenant_created ON documents (tenant_id, created_at, id)",
    };

    /// <inheritdoc />
    protected override async Task LoadAsync(Uri address)
    {
        (_filter, _cursor) = (DocumentFilter.Of(address), PageCursor.Parse(Navigation.ReadQuery(PageParameter)));
        if (_shown != (Tenant, _filter, _cursor))
        {
            await ReadAsync();
        }

        if (Opened is { } id && _document?.Id != id)
        {
            _document = _view?.Page.Rows.FirstOrDefault(row => row.Id == id) ?? await documents.FindAsync(Environment, Tenant, id, Gone);
        }
    }

    private async Task ReadAsync()
    {
        var (before, first) = (_shown, _view is null);
        _view = await documents.PageAsync(Environment, Tenant, _filter, _cursor, Gone);
        _shown = (Tenant, _filter, _cursor);
        _chosen.Clear();
        _document = _view.Page.Rows.FirstOrDefault(row => row.Id == Opened);
        if (first)
        {
            _facets = await documents.FacetsAsync(Environment, Tenant, Gone);
            _run = _view.MayChange && await statuses.LatestAsync(Environment, Tenant, Gone) is { State: not StatusRunState.Done } unfinished ? unfinished : _run;
        }

        if (before is not { } known || known.Item2 != _filter || known.Item1 != Tenant || _count is null)
        {
            await CountAsync();
        }
    }

    private async Task CountAsync()
    {
        (_count, _uncounted) = (null, null);
        try
        {
            _count = await documents.CountAsync(Environment, Tenant, _filter, Gone);
        }
        catch (TenantUnavailableException fault)
        {
            _uncounted = fault.Message;
        }
    }

    private new Task ReloadAsync()
    {
        (_shown, _count) = (null, null);
        return base.ReloadAsync();
    }

    private void Apply(DocumentFilter filter)
    {
        var query = filter.ToQuery().ToDictionary(StringComparer.Ordinal);
        query[PageParameter] = null;
        query[DocumentParameter] = null;
        Navigation.ReplaceQuery(query);
    }

    private string Query(string name, string? value) => name == PageParameter
        ? Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = value, [DocumentParameter] = null })
        : Navigation.GetUriWithQueryParameter(name, value);

    private void Ask(bool all) => (_asking, _all) = (true, all);

    private void AskOne(Guid document)
    {
        _chosen.Clear();
        _chosen.Add(document);
        Navigation.ReplaceQuery(DocumentParameter, null);
        Ask(all: false);
    }

    private async Task<string?> BeginAsync(StatusOrder order)
    {
        string? fault = null;
        await TryAsync(async () =>
        {
            var change = new StatusChange(_all ? null : [.. _chosen], _filter, order.Expected, order.Wanted, order.Reason);
            (var run, fault) = await statuses.BeginAsync(Environment, Tenant, change, Gone);
            if (run is not null)
            {
                (_run, _asking) = (run, false);
                _chosen.Clear();
            }
        });

        // The form's own event renders the form alone.
        StateHasChanged();
        return fault;
    }

    private void Resumed(StatusRun run)
    {
        _run = run;
        StateHasChanged();
    }

    private Task ExportAsync(bool json) => TryAsync(async () =>
        await SaveAsync(await transfers.ExportAsync(Environment, Tenant, _filter, json, Gone)));
}

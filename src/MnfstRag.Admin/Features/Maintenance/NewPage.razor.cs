using Microsoft.AspNetCore.Components;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Pickers: what shall be done to what, chosen from the server's own list. No SQL is typed.</summary>
public sealed partial class NewPage(CatalogService catalogs, NavigationManager navigation) : MaintenanceView
{
    private static readonly (string Kind, string Title)[] Kinds =
    [
        ("create-index", "Create an index"),
        ("analyze", "Analyse a table"),
        ("vacuum", "Vacuum a table"),
        ("reindex-index", "Rebuild an index"),
        ("reindex-table", "Rebuild every index of a table"),
        ("drop-index", "Drop an index"),
        ("validate-constraint", "Validate a constraint"),
        ("change-setting", "Change a server setting"),
        ("reload", "Reload the configuration"),
        ("create-extension", "Create an extension"),
        ("update-extension", "Update an extension"),
        ("reset-statistics", "Reset statistics"),
        ("repair-leftover", "Clear up a leftover index"),
        ("database-age", "Reckon the database's transaction age anew"),
    ];

    private CatalogAnswer? _answer;
    private OperationForm _form = new();
    private IReadOnlyList<TargetColumn> _columns = [];
    private string? _missing;

    /// <summary>What is chosen at first.</summary>
    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    /// <summary>The object that is chosen at first: schema and name, each quoted as needed.</summary>
    [SupplyParameterFromQuery(Name = "on")]
    public string? On { get; set; }

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        (_answer, _form, _columns, _missing) = (null, new OperationForm(), [], null);
        if (Kinds.Any(one => one.Kind == Kind))
        {
            _form.Kind = Kind!;
        }

        _answer = await catalogs.ReadAsync(Environment!, Gone);
        if (On is { } name && _answer.Catalog is { } catalog)
        {
            var known = _form.Kind is "reindex-index" or "drop-index" or "repair-leftover" ? catalog.Indexes.Select(index => index.Target) : catalog.Tables.Select(table => table.Target);
            await TargetAsync(known.FirstOrDefault(target => SqlName.Of(target.Schema, target.Name) == name));
        }
    }

    /// <summary>What the server's version has not, and what there is nothing of, is not offered.</summary>
    private static bool Offered(string kind, MaintenanceCatalog catalog) => kind switch
    {
        "database-age" => catalog.Major >= 16,
        "repair-leftover" => Leftovers(catalog).Any(),
        _ => true,
    };

    private static IEnumerable<TargetIndex> Leftovers(MaintenanceCatalog catalog) => catalog.Indexes.Where(index => index.Leftover is not null);

    private Task KindAsync(ChangeEventArgs e)
    {
        (_form.Kind, _form.Subject, _missing) = (e.Value as string ?? "create-index", "", null);
        return TargetAsync(null);
    }

    private async Task TargetAsync(MaintenanceTarget? target)
    {
        (_form.Target, _columns) = (target, []);
        _form.Columns.Clear();
        if (target is not null && _form.Kind == "analyze")
        {
            _columns = await catalogs.ColumnsAsync(Environment!, target, Gone);
        }
        else if (target is not null && _form.Kind == "create-index")
        {
            _form.Parts.Clear();
            _form.Parts.Add(new PartForm());
            _form.Include.Clear();
            _form.Conditions.Clear();
            _columns = await catalogs.ColumnsAsync(Environment!, target, Gone);
        }
    }

    private void Plan()
    {
        var (operation, missing) = _form.Build();
        _missing = missing;
        if (operation is not null)
        {
            navigation.NavigateTo(PlanUrl.For(Environment!, operation));
        }
    }
}

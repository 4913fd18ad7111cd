using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Explaining;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Queries;

/// <summary>One statement: its text, its figures over time, its plan.</summary>
public sealed partial class QueryPanel(QueriesService queries, ExplainService explain, EnvironmentSelection selection)
{
    private static readonly IReadOnlyList<ChartSeries> TimesSeries = [new("mean", SeriesMeaning.Plain), new("slowest", SeriesMeaning.IdleInTransaction)];
    private static readonly IReadOnlyList<ChartSeries> CallsSeries = [new("calls", SeriesMeaning.Plain)];

    private (string, TimeRange)? _of;
    private QuerySeries? _series;
    private ExplainResult? _explained;
    private bool _mayExplain;
    private bool _asking;

    /// <summary>Key of the statement.</summary>
    [Parameter, EditorRequired]
    public string Subject { get; set; } = "";

    /// <summary>Its figures; null when it was not called in the time.</summary>
    [Parameter]
    public QueryRow? Row { get; set; }

    /// <summary>Where.</summary>
    [Parameter, EditorRequired]
    public string Environment { get; set; } = "";

    /// <summary>The same.</summary>
    [Parameter, EditorRequired]
    public Guid EnvironmentId { get; set; }

    /// <summary>The tables of the database that is watched; empty before they were read.</summary>
    [Parameter]
    public IReadOnlyCollection<DatabaseTable> Tables { get; set; } = [];

    /// <summary>Name of that database: of a statement of another one no table is known.</summary>
    [Parameter]
    public string? Database { get; set; }

    /// <summary>Over which time.</summary>
    [Parameter, EditorRequired]
    public TimeRange Range { get; set; }

    /// <summary>Closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => _mayExplain = await queries.MayExplainAsync();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_of == (Subject, Range))
        {
            return;
        }

        if (_of?.Item1 != Subject)
        {
            (_series, _explained) = (null, null);
        }

        _of = (Subject, Range);
        _series = await queries.SeriesAsync(EnvironmentId, Subject, Range);
    }

    private async Task ExplainAsync()
    {
        if (_asking)
        {
            return;
        }

        _asking = true;
        try
        {
            _explained = await explain.ExplainAsync(Environment, Subject);
        }
        finally
        {
            _asking = false;
        }
    }

    private IReadOnlyList<DatabaseTable> Named(QueryRow row) =>
        row is { Text: { } text, Database: { } database } && database == Database ? StatementTables.Named(text, Tables) : [];

    private string Link(string page, DatabaseTable table) => selection.Link($"{page}?table={Uri.EscapeDataString(table.QualifiedName)}", Environment);

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private string File(string ending) => $"plan-{Subject.Replace(':', '-')}.{ending}";

    private static string Download(string type, string text) => $"data:{type};charset=utf-8,{Uri.EscapeDataString(text)}";
}

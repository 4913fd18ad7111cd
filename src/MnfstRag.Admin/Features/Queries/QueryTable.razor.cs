using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using MnfstRag.Admin.Components;

namespace MnfstRag.Admin.Features.Queries;

/// <summary>The table of statements.</summary>
public sealed partial class QueryTable : IDisposable
{
    private const int ShownText = 140;

    private static readonly IReadOnlyList<(QuerySort Sort, string Name, string Explanation)> Columns =
    [
        (QuerySort.Load, "Load", "Part of the time of all statements"),
        (QuerySort.Calls, "Calls", "Calls that ended in the chosen time"),
        (QuerySort.Mean, "Mean", "Mean time of a call"),
        (QuerySort.Max, "Slowest", "The slowest call, where it was slower than any before the chosen time"),
        (QuerySort.Change, "Before", "Mean time against the time of the same length before"),
        (QuerySort.Rows, "Rows", "Rows returned or changed"),
        (QuerySort.Hit, "Hit", "Part of its blocks found in shared buffers"),
        (QuerySort.Io, "I/O", "Time of reading and writing blocks"),
        (QuerySort.Temp, "Temp", "Temporary files, read and written"),
        (QuerySort.Wal, "WAL", "Write-ahead log"),
    ];

    private readonly Dictionary<string, IReadOnlyList<double?>> _lines = new(StringComparer.Ordinal);
    private Virtualize<QueryRow>? _list;
    private List<QueryRow>? _shown;
    private (QueriesState State, bool? IoTimed)? _drawn;
    private bool _changed;
    private bool _left;

    /// <summary>Statements in their order.</summary>
    [Parameter, EditorRequired]
    public List<QueryRow> Rows { get; set; } = [];

    /// <summary>Order and the open statement.</summary>
    [Parameter, EditorRequired]
    public QueriesState State { get; set; } = null!;

    /// <summary>The URL of a state.</summary>
    [Parameter, EditorRequired]
    public Func<QueriesState, string> Link { get; set; } = null!;

    /// <summary>Lines over time of some statements.</summary>
    [Parameter, EditorRequired]
    public Func<IReadOnlyCollection<string>, Task<IReadOnlyDictionary<string, IReadOnlyList<double?>>>> Sparklines { get; set; } = null!;

    /// <summary>The server measures the time of reading and writing; null when that is not known.</summary>
    [Parameter]
    public bool? IoTimed { get; set; }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _changed |= _drawn != (State, IoTimed);
        _drawn = (State, IoTimed);
        if (ReferenceEquals(_shown, Rows))
        {
            return;
        }

        _changed = true;

        _shown = Rows;
        _lines.Clear();
        if (_list is { } list)
        {
            await list.RefreshDataAsync();
        }
    }

    /// <summary>The page draws its age at every tick: the rows stay as they are until there are others.</summary>
    protected override bool ShouldRender()
    {
        var changed = _changed;
        _changed = false;
        return changed;
    }

    /// <summary>Rows at once: their lines over time take a question of their own, and are drawn when it is answered.</summary>
    private ValueTask<ItemsProviderResult<QueryRow>> ProvideAsync(ItemsProviderRequest request)
    {
        var rows = Rows;
        var slice = rows.Skip(request.StartIndex).Take(request.Count).ToList();
        var wanted = slice.Where(row => !_lines.ContainsKey(row.Subject)).Select(row => row.Subject).ToList();
        if (wanted.Count > 0)
        {
            _ = DrawLinesAsync(rows, wanted);
        }

        return ValueTask.FromResult(new ItemsProviderResult<QueryRow>(slice, rows.Count));
    }

    private async Task DrawLinesAsync(List<QueryRow> rows, IReadOnlyCollection<string> wanted)
    {
        try
        {
            var lines = await Sparklines(wanted);
            if (_left || !ReferenceEquals(rows, Rows))
            {
                return;
            }

            foreach (var (subject, line) in lines)
            {
                _lines[subject] = line;
            }

            _changed = true;
            StateHasChanged();
        }
        catch (Exception fault) when (_left && fault is (OperationCanceledException or ObjectDisposedException))
        {
            // The page went, and with it what was asked.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _left = true;

    private string Sorted(QuerySort sort) => State.Sort != sort ? "none" : State.Ascending ? "ascending" : "descending";

    private static string Short(QueryRow row)
    {
        if (row.Text is not { } text)
        {
            return "its text has not been read yet";
        }

        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(60));
        return line.Length > ShownText ? string.Concat(line.AsSpan(0, ShownText), "…") : line;
    }

    private static string Time(double milliseconds) => Words.Duration(TimeSpan.FromMilliseconds(milliseconds));

    private static string Milliseconds(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture) + " ms";

    private static string Slowest(QueryRow row) => (row.MaxMs, row.LifetimeMaxMs) switch
    {
        ({ } max, _) => Milliseconds(max),
        (null, { } lifetime) => $"No call was slower than {Milliseconds(lifetime)}, the slowest since the server began to count; which one here was slowest it does not say",
        _ => "The server does not say: it no longer has this statement",
    };

    private static string ChangeWords(QueryRow row) => row.PreviousMeanMs switch
    {
        null => row.IsNew ? "new" : Words.Missing,
        > 0 and var before => "× " + Words.Count(row.MeanMs / before),
        _ => Words.Missing,
    };

    private static string Change(QueryRow row) => row.PreviousMeanMs is { } before
        ? $"{Milliseconds(before)} over {Words.Plural((long)row.PreviousCalls, "call")} in the time of the same length before"
        : "It was not called in the time of the same length before, or nothing is known of that";
}

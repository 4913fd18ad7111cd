using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What shows that a step did its work, or did not.</summary>
public sealed partial class StepProof
{
    /// <summary>How it ended.</summary>
    [Parameter, EditorRequired]
    public StepEnd End { get; set; } = null!;

    private static List<(string Name, string Before, string After)> Rows(MaintenanceProof proof)
    {
        List<(string, string, string)> rows = [];
        HashSet<string> told = new(StringComparer.Ordinal);
        var (before, after) = (proof.Before, proof.After);
        Add("table", before?.TableBytes, after?.TableBytes, Words.Bytes);
        AddEmpty("empty or dead in the table", before?.Empty, after?.Empty);
        foreach (var name in (before?.Indexes ?? []).Concat(after?.Indexes ?? []).Select(index => SqlName.Of(index.Schema, index.Name)).Distinct(StringComparer.Ordinal))
        {
            rows.Add((name, Index(before, name), Index(after, name)));
            if (Index(before, name) != Index(after, name))
            {
                AddEmpty($"empty in {name}", Found(before, name)?.Empty, Found(after, name)?.Empty);
            }
        }

        Add("rows", (long?)before?.Rows, (long?)after?.Rows, count => Words.Count(count));
        Add("dead rows", before?.DeadRows, after?.DeadRows, count => Words.Count(count));
        Add("vacuumed by hand", before?.Vacuums, after?.Vacuums, count => Words.Count(count));
        Add("analysed by hand", before?.Analyzes, after?.Analyzes, count => Words.Count(count));
        if (before?.Fact is not null || after?.Fact is not null)
        {
            rows.Add(("value", before?.Fact ?? Words.Missing, (after?.Fact ?? Words.Missing) + (after?.PendingRestart == true ? " (after a restart)" : "")));
        }

        // What is as it was proves nothing; that as much is empty as before (a plain vacuum leaves room for rows to come) is told.
        return rows.Exists(Differs) ? rows.FindAll(row => Differs(row) || told.Contains(row.Item1)) : rows;

        void Add(string name, long? one, long? other, Func<long?, string> words)
        {
            if (one is not null || other is not null)
            {
                rows.Add((name, words(one), words(other)));
            }
        }

        void AddEmpty(string name, EmptySpace? one, EmptySpace? other)
        {
            if (one is not null || other is not null)
            {
                rows.Add((name, Empty(one), Empty(other)));
                told.Add(name);
            }
        }
    }

    private static bool Differs((string Name, string Before, string After) row) => row.Before != row.After;

    private static IndexFacts? Found(StepBaseline? books, string name) => (books?.Indexes ?? []).FirstOrDefault(index => SqlName.Of(index.Schema, index.Name) == name);

    private static string Index(StepBaseline? books, string name) =>
        Found(books, name) is { } found ? $"{Words.Bytes(found.Bytes)}{(found.IsValid ? "" : ", not valid")}" : "not there";

    private static string Empty(EmptySpace? empty) => empty switch
    {
        null => "unknown",
        { Measured: true } => $"{Words.Percent(empty.Share)}, measured",
        _ when Words.Percent(empty.Least) == Words.Percent(empty.Most) => $"about {Words.Percent(empty.Share)}",
        _ => $"about {Words.Percent(empty.Share)} ({Words.Percent(empty.Least)} to {Words.Percent(empty.Most)})",
    };

    private static bool IsReckoned(MaintenanceProof proof) => new[] { proof.Before, proof.After }.OfType<StepBaseline>().SelectMany(books => books.Indexes.Select(index => index.Empty).Append(books.Empty)).Any(empty => empty is { Measured: false });
}

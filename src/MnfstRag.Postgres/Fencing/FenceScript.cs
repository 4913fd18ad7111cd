using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// The fence as a script that a person reviews: made for the product's tables as they are in one database, run in one transaction
/// by their owner, all or nothing. It never alters a product table, never enables row level security and never touches a role or
/// a policy of the product. Run again it replaces what stands; <see cref="Remove"/> leaves nothing behind.
/// </summary>
public sealed class FenceScript
{
    /// <summary>Raised whenever the script changes in a way that an older fence lacks.</summary>
    public const int CurrentVersion = 2;

    private FenceScript(string title, IReadOnlyList<FenceStep> steps) => (Title, Steps) = (title, steps);

    /// <summary>What the script does, in one line.</summary>
    public string Title { get; }

    /// <summary>Its statements, in order.</summary>
    public IReadOnlyList<FenceStep> Steps { get; }

    /// <summary>The whole script as one would give it to psql: each statement under its reason, in one transaction.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder().Append("-- ").Append(Title).Append("\n\nBEGIN;\n");
            foreach (var step in Steps)
            {
                text.Append("\n-- ").Append(step.Why).Append('\n').Append(step.Sql).Append(";\n");
            }

            return text.Append("\nCOMMIT;\n").ToString();
        }
    }

    /// <summary>Builds the fence, or builds it anew.</summary>
    public static FenceScript Create(ProductSchema product, FenceNames names) => Of(
        string.Create(CultureInfo.InvariantCulture, $"The fence of tenants, version {CurrentVersion}, over schema {SqlName.Of(product.Name)}, for role {names.QuotedReader}"),
        CurrentVersion,
        names,
        [.. FenceSteps.Begin(), FenceSteps.Roles(names), FenceSteps.Connect(names), FenceSteps.Borrow(names), FenceSteps.Clear(names)],
        [.. FenceSteps.Build(product, names)],
        [FenceSteps.Return(names), FenceSteps.Assert(FenceInvariants.Sql(product, names))]);

    /// <summary>Takes the fence away: views, functions, policies, grants, and its owner where no other database of the cluster needs it.</summary>
    public static FenceScript Remove(FenceNames names) => Remove(names, $"Remove the fence of tenants, schema {names.QuotedSchema}");

    /// <summary>A script that stamps what it builds and is told from every other by its print.</summary>
    internal static FenceScript Of(string title, int version, FenceNames names, FenceStep[] before, FenceStep[] built, FenceStep[] after)
    {
        var fingerprint = Fingerprint([.. before, .. built, .. after]);
        return new FenceScript(title, [.. before, .. built, FenceSteps.Stamp(names, version, fingerprint), .. after]) { Print = fingerprint };
    }

    /// <summary>Takes away what stands in a schema of ours.</summary>
    internal static FenceScript Remove(FenceNames names, string title) => new(
        title,
        [.. FenceSteps.Begin(), FenceSteps.BorrowToRemove(names), FenceSteps.Clear(names), FenceSteps.DropOwner(names)]);

    /// <summary>Tells this script from every other: a fence carries that of the script that built it.</summary>
    internal string Print { get; private init; } = "";

    private static string Fingerprint(FenceStep[] steps) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', steps.Select(step => step.Sql)))))[..16];
}

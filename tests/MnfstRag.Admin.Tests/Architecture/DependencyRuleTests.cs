using System.Reflection;
using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Access;
using MnfstRag.Postgres.Connecting;
using NetArchTest.Rules;

namespace MnfstRag.Admin.Tests.Architecture;

/// <summary>The dependency rule of docs/architecture.md: Program → Hosting → Features → {Components, Access, Live, Data} → MnfstRag.Postgres.</summary>
public sealed class DependencyRuleTests
{
    private const string Admin = "MnfstRag.Admin";
    private static readonly Assembly Host = typeof(Permissions).Assembly;
    private static readonly Assembly Postgres = typeof(Capabilities).Assembly;

    public static TheoryData<string, string[]> Rooms() => new()
    {
        { "Data", ["Access", "Live", "Components", "Features", "Hosting"] },
        { "Access", ["Live", "Features", "Hosting"] },
        { "Live", ["Components", "Features", "Hosting"] },
        { "Components", ["Data", "Features", "Hosting"] },
        { "Features", ["Hosting"] },
    };

    public static TheoryData<string> FeatureNames()
    {
        var names = new TheoryData<string>();
        foreach (var name in AllFeatures())
        {
            names.Add(name);
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_refers_only_to_rooms_below_it(string room, string[] above) =>
        AssertHolds(Types.InAssembly(Host)
            .That().ResideInNamespaceStartingWith($"{Admin}.{room}")
            .ShouldNot().HaveDependencyOnAny([.. above.Select(name => $"{Admin}.{name}")])
            .GetResult());

    [Theory]
    [MemberData(nameof(FeatureNames))]
    public void A_feature_never_refers_to_another_feature(string feature) =>
        AssertHolds(Types.InAssembly(Host)
            .That().ResideInNamespaceStartingWith($"{Admin}.Features.{feature}")
            .ShouldNot().HaveDependencyOnAny([.. AllFeatures().Where(other => other != feature).Select(other => $"{Admin}.Features.{other}")])
            .GetResult());

    [Fact]
    public void There_are_features_to_judge() => Assert.NotEmpty(AllFeatures());

    [Fact]
    public void Razor_never_sees_the_database() =>
        AssertHolds(Types.InAssembly(Host)
            .That().Inherit(typeof(ComponentBase)).Or().Inherit(typeof(LayoutComponentBase))
            .ShouldNot().HaveDependencyOnAny("Npgsql", "Microsoft.EntityFrameworkCore", $"{Admin}.Data.AdminDbContext")
            .GetResult());

    [Fact]
    public void Knowledge_of_PostgreSQL_knows_nothing_of_the_web_nor_of_our_store() =>
        AssertHolds(Types.InAssembly(Postgres)
            .ShouldNot().HaveDependencyOnAny("Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", Admin, "MudBlazor", "Serilog")
            .GetResult());

    [Fact]
    public void Serilog_is_known_to_hosting_alone() =>
        AssertHolds(Types.InAssembly(Host)
            .That().DoNotResideInNamespaceStartingWith($"{Admin}.Hosting").And().ResideInNamespaceStartingWith(Admin)
            .ShouldNot().HaveDependencyOn("Serilog")
            .GetResult());

    private static IReadOnlyList<string> AllFeatures() =>
    [
        .. Host.GetTypes()
            .Select(type => type.Namespace)
            .Where(name => name?.StartsWith($"{Admin}.Features.", StringComparison.Ordinal) == true)
            .Select(name => name!.Split('.')[3])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static void AssertHolds(TestResult result) =>
        Assert.True(result.IsSuccessful, "Breaks the rule: " + string.Join(", ", result.FailingTypeNames ?? []));
}

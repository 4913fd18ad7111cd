using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Testing;

/// <summary>A database of the product with the sign-in function; the guide's shape is given a column of passwords.</summary>
public sealed class SignInProduct : IAsyncDisposable
{
    private SignInProduct(Fenced fenced, TestRole role, FenceNames names) => (Fenced, Role, Names) = (fenced, role, names);

    public Fenced Fenced { get; }

    public TestRole Role { get; }

    public FenceNames Names { get; }

    public DatabaseUrl SignIn => DatabaseUrl.Parse(Fenced.Database.ConnectionStringFor(Role)).Url!;

    public SignInInspector Inspector => new(SignIn, Names, TimeProvider.System);

    public static async Task<SignInProduct> StartAsync(int major, ProductShape shape)
    {
        var fenced = await Fenced.ProductAsync(major, shape);
        if (shape == ProductShape.Guide)
        {
            await fenced.Database.ExecuteAsync("ALTER TABLE users ADD password_hash text; UPDATE users SET password_hash = 'hash of ' || left(email, 1)");
        }

        var role = await fenced.Database.Server.CreateRoleAsync();
        var product = new SignInProduct(fenced, role, SignInScript.Names(role.Name) with { Owner = $"{role.Name}_owner" });
        var applied = await product.ApplyAsync();
        if (applied.Done != true)
        {
            throw new InvalidOperationException(applied.Words);
        }

        return product;
    }

    public async Task<FenceApplied> ApplyAsync()
    {
        var state = await Inspector.InspectAsync(CancellationToken.None);
        return await new FenceInstaller(Fenced.Maintain, TimeProvider.System).ApplyAsync(state.Script!, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Fenced.DisposeAsync();
        foreach (var role in new[] { Names.Owner, Role.Name })
        {
            await Fenced.Database.Server.ExecuteAsync($"DROP ROLE IF EXISTS \"{role}\"");
        }
    }
}

using System.Security.Cryptography;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Fencing;

/// <summary>Gives a role that signs in a new password, with the maintain credential: 32 random letters and digits, seen by nobody.</summary>
public sealed class RolePassword(DatabaseUrl url)
{
    private const int Length = 32;
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>Sets it and gives the address by which that role reaches the same database.</summary>
    /// <returns>The address, or what the server said, in words.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; whether it was set is then not known.</exception>
    public async Task<(string? Address, string? Fault)> RenewAsync(string role, CancellationToken cancellationToken)
    {
        var password = RandomNumberGenerator.GetString(Alphabet, Length);
        var settings = url.ToConnectionStringBuilder();
        settings.Pooling = false;
        settings.ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} fence";
        settings.Timeout = 3;
        settings.CommandTimeout = 10;
        try
        {
            await using var source = WatchSettings.Build(settings, "fence");
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand($"ALTER ROLE {SqlName.Of(role)} LOGIN PASSWORD {FenceNames.Literal(ScramVerifier.Of(password))}", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return (url.As(role, password).ToText(), null);
        }
        catch (PostgresException answer) when (answer.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return (null, $"The maintain credential's role may not set the password of {role} (42501): it must have made that role, or be its administrator. Set a password with psql and configure the address.");
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            return (null, ConnectionFault.From(exception, url).Words);
        }
    }
}

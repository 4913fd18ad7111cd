using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MnfstRag.Postgres.Pooling;

/// <summary>The part of the protocol between start-up and the first question. A password in clear is sent over a verified TLS connection only.</summary>
internal static class ConsoleSignIn
{
    private const int Ok = 0, Cleartext = 3, Md5 = 5, Sasl = 10, SaslContinue = 11, SaslFinal = 12;
    private const string Mechanism = "SCRAM-SHA-256";

    /// <summary>Signs in, up to the first "ready".</summary>
    /// <returns>The version that was reported; null when none was.</returns>
    public static async Task<string?> RunAsync(ConsoleWire wire, PgBouncerAddress address, bool verified, CancellationToken cancellationToken)
    {
        ScramExchange? scram = null;
        var proven = true;
        string? version = null;
        while (true)
        {
            var message = await wire.ReadAsync(cancellationToken);
            switch (message.Type)
            {
                case 'R':
                    (scram, proven) = await AnswerAsync(wire, message, address, verified, scram, proven, cancellationToken);
                    break;
                case 'S' when message.Text() == "server_version":
                    version = message.Text();
                    break;
                case 'E':
                    throw new OutgoingFaultException(ConsoleErrorWords.OfSignIn(ConsoleErrorWords.Read(message), address));
                case 'Z':
                    return version;
            }
        }
    }

    private static async Task<(ScramExchange? Scram, bool Proven)> AnswerAsync(
        ConsoleWire wire, ConsoleMessage message, PgBouncerAddress address, bool verified, ScramExchange? scram, bool proven, CancellationToken cancellationToken)
    {
        switch (message.Int32())
        {
            case Ok when proven:
                return (scram, proven);
            case Cleartext when !verified:
                throw new OutgoingFaultException(
                    $"{address.Host} asks for the password in clear, and the connection is not encrypted by a certificate that is verified. The password was not sent. Set auth_type = scram-sha-256 in pgbouncer.ini, or write sslmode=verify-full.");
            case Cleartext:
                await wire.WriteAsync('p', Password(address), cancellationToken);
                return (scram, proven);
            case Md5:
                await wire.WriteAsync('p', Hashed(address, message.Take(4).ToArray()), cancellationToken);
                return (scram, proven);
            case Sasl:
                if (!Offered(message))
                {
                    throw new OutgoingFaultException($"{address.Host} offers no way of signing in that the dashboard knows. Set auth_type = scram-sha-256 or md5 in pgbouncer.ini.");
                }

                var begun = ScramExchange.Begin(Password(address));
                await wire.WriteAsync('p', FirstMessage(begun.First), cancellationToken);
                return (begun, false);
            case SaslContinue when scram is not null:
                await wire.WriteAsync('p', Encoding.UTF8.GetBytes(scram.Final(message.Rest())), cancellationToken);
                return (scram, false);
            case SaslFinal when scram is not null && scram.Verifies(message.Rest()):
                return (scram, true);
            default:
                throw new OutgoingFaultException($"{address.Host} did not prove that it knows the password, or asks for a way of signing in that the dashboard does not know. Nothing was sent to it.");
        }
    }

    private static string Password(PgBouncerAddress address) =>
        address.Password ?? throw new OutgoingFaultException($"{address.Host} wants a password for user {address.User}, and the address has none. Add it: postgresql://user:password@host:6432/pgbouncer.");

    private static bool Offered(ConsoleMessage message)
    {
        while (!message.IsAtEnd)
        {
            if (message.Text() == Mechanism)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] FirstMessage(string first)
    {
        var text = Encoding.UTF8.GetBytes(first);
        var name = Encoding.ASCII.GetBytes(Mechanism + '\0');
        var body = new byte[name.Length + 4 + text.Length];
        name.CopyTo(body, 0);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(name.Length), text.Length);
        text.CopyTo(body, name.Length + 4);
        return body;
    }

    [SuppressMessage("Security", "CA5351", Justification = "PostgreSQL's md5 sign-in is defined so; the password itself is not sent.")]
    private static string Hashed(PgBouncerAddress address, byte[] salt)
    {
        var inner = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(Password(address) + address.User)));
        return "md5" + Convert.ToHexStringLower(MD5.HashData([.. Encoding.ASCII.GetBytes(inner), .. salt]));
    }
}

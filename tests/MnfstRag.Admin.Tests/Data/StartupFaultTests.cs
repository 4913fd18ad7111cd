using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Tests.Data;

public sealed class StartupFaultTests
{
    private const string Store = "Host=localhost;Username=u;Database=d";
    private const string Url = "postgresql://u:s3cret@h/d";

    [Theory]
    [InlineData("ConnectionStrings:Admin", "", "ConnectionStrings:Admin is not set")]
    [InlineData("ConnectionStrings:Admin", "mysql://u:s3cret@h/d", "ConnectionStrings:Admin:")]
    [InlineData("ConnectionStrings:AdminMigrator", "sqlite:///a.db", "ConnectionStrings:AdminMigrator names a sqlite file")]
    [InlineData("Environments:production:Watch", "mysql://u:s3cret@h/d", "Environments:production:Watch:")]
    [InlineData("Environments:production:Wacth", Url, "Environments:production:Wacth is not known")]
    [InlineData("Environments:production:Watch", Url, "DataProtection:CertificatePath is not set")]
    [InlineData("DataProtection:CertificatePath", "/nowhere/keys.p12", "/nowhere/keys.p12")]
    public async Task A_fault_in_the_configuration_is_named_with_its_key_and_repeats_no_secret(string key, string value, string words)
    {
        // One fault is thrown as it is, several as an aggregate.
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync((key, value)));

        var all = fault.ToString();
        Assert.Contains(words, all, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_with_its_password_in_a_file_lets_secrets_be_stored()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var certificate = Path.Combine(folder.FullName, "keys.p12");
            var password = Path.Combine(folder.FullName, "password");
            using (var key = RSA.Create(2048))
            {
                var request = new CertificateRequest("CN=mnfst-admin", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
                using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(1));
                await File.WriteAllBytesAsync(certificate, made.Export(X509ContentType.Pkcs12, "p4ss"));
                await File.WriteAllTextAsync(password, "p4ss\n");
            }

            await StartAsync(("Environments:production:Watch", Url), ("DataProtection:CertificatePath", certificate), ("DataProtection:CertificatePasswordFile", password));
            var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(("DataProtection:CertificatePath", certificate)));
            Assert.Contains("cannot be opened", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task StartAsync(params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("ConnectionStrings:Admin", Store)]);
        builder.Configuration.AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, one.Value)));
        builder.Services.AddStoreWithoutService(builder.Configuration);
        using var host = builder.Build();

        // Data Protection's own start would read its keys from a store that is not there.
        foreach (var validator in host.Services.GetServices<IStartupValidator>())
        {
            validator.Validate();
        }

        return Task.CompletedTask;
    }
}

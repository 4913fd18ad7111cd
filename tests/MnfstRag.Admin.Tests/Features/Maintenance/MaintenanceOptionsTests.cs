using MnfstRag.Admin.Live.Maintaining;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

public sealed class MaintenanceOptionsTests
{
    [Fact]
    public void Every_faulty_key_is_named_at_once()
    {
        var faulty = new MaintenanceOptions { PerEnvironment = 0, Total = 33, Attempts = 0, LockTimeout = TimeSpan.Zero, RetryPause = TimeSpan.FromHours(1), ReconcileAfter = TimeSpan.FromSeconds(-1), DataDirectories = { ["production"] = "pgdata" } };

        var failures = new MaintenanceOptionsValidator().Validate(null, faulty).Failures!.ToList();

        Assert.Equal(["PerEnvironment", "Total", "Attempts", "LockTimeout", "RetryPause", "ReconcileAfter", "DataDirectories"], failures.Select(failure => failure.Split(' ')[0].Split(':')[1]));
        Assert.True(new MaintenanceOptionsValidator().Validate(null, new MaintenanceOptions()).Succeeded);
    }
}

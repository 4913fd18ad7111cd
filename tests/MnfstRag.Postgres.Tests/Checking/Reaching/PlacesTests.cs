using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Tests.Checking.Reaching;

public sealed class PlacesTests
{
    [Theory]
    [InlineData(nameof(Place.ThisMachine), "localhost")]
    [InlineData(nameof(Place.ThisMachine), "127.0.0.53")]
    [InlineData(nameof(Place.ThisMachine), "[::1]")]
    [InlineData(nameof(Place.ThisMachine), "%2Fvar%2Frun%2Fpostgresql")]
    [InlineData(nameof(Place.PrivateNetwork), "10.1.2.3")]
    [InlineData(nameof(Place.PrivateNetwork), "172.31.0.1")]
    [InlineData(nameof(Place.PrivateNetwork), "192.168.1.1")]
    [InlineData(nameof(Place.PrivateNetwork), "[fd00::1]")]
    [InlineData(nameof(Place.PrivateNetwork), "[::ffff:10.0.0.1]")]
    [InlineData(nameof(Place.PrivateNetwork), "db")]
    [InlineData(nameof(Place.PrivateNetwork), "db.eu.internal")]
    [InlineData(nameof(Place.PublicNetwork), "172.32.0.1")]
    [InlineData(nameof(Place.PublicNetwork), "db.example.com")]
    [InlineData(nameof(Place.PublicNetwork), "localhost.example.com")]
    [InlineData(nameof(Place.PublicNetwork), "[2001:db8::1]")]
    [InlineData(nameof(Place.PublicNetwork), "127.0.0.1:5432,8.8.8.8:5432")]
    public void The_farthest_host_decides_how_far_traffic_goes(string expected, string hosts) =>
        Assert.Equal(expected, Places.Of(DatabaseUrl.Parse($"postgresql://u@{hosts}/d").Url!).ToString());
}

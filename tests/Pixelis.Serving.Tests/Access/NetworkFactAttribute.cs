using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Pixelis.Serving.Tests.Access;

/// <summary>A fact that needs an address by which other machines would reach this one, and is skipped, with the reason, where there is none.</summary>
public sealed class NetworkFactAttribute : FactAttribute
{
    public NetworkFactAttribute() => Skip = OwnAddress is null ? "needs an IPv4 address beside loopback, and this machine has none" : null!;

    public static IPAddress? OwnAddress { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
}

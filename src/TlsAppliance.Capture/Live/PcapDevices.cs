using SharpPcap;
using SharpPcap.LibPcap;

namespace TlsAppliance.Capture.Live;

/// <summary>Opens handles of libpcap by the name of the interface.</summary>
internal static class PcapDevices
{
    public static LibPcapLiveDevice Open(string name, DeviceConfiguration configuration)
    {
        if (!NetworkInterfaces.Exists(name))
        {
            throw LiveCaptureFailures.NoSuchInterface(name);
        }

        LibPcapLiveDevice? device = LibPcapLiveDeviceList.New().FirstOrDefault(device => device.Name == name);
        if (device is null)
        {
            // libpcap leaves out what it may not open.
            throw LiveCaptureFailures.NoPermission(name);
        }

        try
        {
            device.Open(configuration);
            return device;
        }
        catch (PcapException exception)
        {
            device.Dispose();
            throw exception.Error switch
            {
                PcapError.PermissionDenied or PcapError.PromiscuousPermissionDenied => LiveCaptureFailures.NoPermission(name),
                PcapError.InterfaceNotUp => LiveCaptureFailures.IsDown(name),
                PcapError.NoSuchDevice => LiveCaptureFailures.NoSuchInterface(name),
                _ => LiveCaptureFailures.Refused(name, "libpcap", exception.Message.Trim()),
            };
        }
    }
}

using System.ComponentModel;

namespace TlsAppliance.Doctor;

/// <summary>Reads something from the box and judges what was read. The judgement sees the reading alone, so a test can hand it any box.</summary>
/// <param name="name">Name of the check.</param>
/// <param name="device">Interface that it is about, or null.</param>
internal abstract class Check<TReading>(string name, string? device = null) : ICheck
{
    protected abstract TReading Read();

    public abstract Finding Judge(TReading reading);

    /// <summary>What cannot be read is a warning and no reason to leave out the other checks.</summary>
    public Finding Examine()
    {
        Finding finding;
        try
        {
            finding = Judge(Read());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Win32Exception or FormatException)
        {
            finding = Finding.Warning($"could not be read: {failure.Message}");
        }

        return finding with { Check = name, Device = device };
    }
}

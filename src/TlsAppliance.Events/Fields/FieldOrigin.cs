namespace TlsAppliance.Events.Fields;

/// <summary>Who has a field.</summary>
public enum FieldOrigin : byte
{
    /// <summary>Packetbeat of the layout's generation.</summary>
    Packetbeat = 0,

    /// <summary>Today's Packetbeat; in the classic layout it is our addition.</summary>
    AddedToClassic,

    /// <summary>Only we.</summary>
    Ours,
}

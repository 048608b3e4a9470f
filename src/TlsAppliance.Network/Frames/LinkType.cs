namespace TlsAppliance.Network.Frames;

/// <summary>Link-layer header type of a frame, with the numbers of the tcpdump registry (LINKTYPE_*, as in pcap and pcapng files).</summary>
public enum LinkType : ushort
{
    Null = 0,
    Ethernet = 1,
    Ppp = 9,
    Fddi = 10,
    /// <summary>Raw IP as BSD/OS and some Linux tools number it (DLT 12).</summary>
    RawBsd = 12,
    /// <summary>Raw IP as OpenBSD numbers it (DLT 14).</summary>
    RawOpenBsd = 14,
    PppHdlc = 50,
    PppEther = 51,
    Raw = 101,
    CiscoHdlc = 104,
    Ieee80211 = 105,
    Loop = 108,
    LinuxSll = 113,
    Ieee80211Prism = 119,
    Ieee80211Radiotap = 127,
    Ieee80211Avs = 163,
    Ppi = 192,
    IPv4 = 228,
    IPv6 = 229,
    Nflog = 239,
    LinuxSll2 = 276,
}

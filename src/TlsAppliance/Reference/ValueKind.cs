namespace TlsAppliance.Reference;

/// <summary>What a shell can offer for the value of an option or an argument.</summary>
internal enum ValueKind
{
    /// <summary>There is no value.</summary>
    None,

    /// <summary>Anything: nothing is offered.</summary>
    Free,

    /// <summary>One of a list.</summary>
    Choice,
    File,
    Directory,

    /// <summary>A network interface.</summary>
    Device,
}

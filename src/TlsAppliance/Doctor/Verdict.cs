namespace TlsAppliance.Doctor;

/// <summary>How a finding is to be taken; the higher, the worse.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, but loses or misjudges traffic under conditions that the text names, or could not be found out.</summary>
    Warning,

    /// <summary>Does not work like this.</summary>
    Problem,
}

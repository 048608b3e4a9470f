namespace TlsAppliance.Doctor;

/// <summary>One thing that doctor looks at.</summary>
internal interface ICheck
{
    Finding Examine();
}

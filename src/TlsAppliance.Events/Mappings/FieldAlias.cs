namespace TlsAppliance.Events.Mappings;

/// <summary>A second name under which a field can be queried; documents never hold it.</summary>
/// <param name="Path">Dotted path of the alias.</param>
/// <param name="Target">Dotted path of the field that holds the values.</param>
public readonly record struct FieldAlias(string Path, string Target);

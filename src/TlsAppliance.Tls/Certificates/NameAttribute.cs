namespace TlsAppliance.Tls.Certificates;

/// <summary>One attribute of a name. Of <see cref="AttributeKind.Other"/> the value is the finished <c>oid=#hex</c>.</summary>
internal readonly record struct NameAttribute(AttributeKind Kind, string Value);

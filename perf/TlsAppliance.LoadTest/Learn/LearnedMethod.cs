using System.Reflection;

namespace TlsAppliance.LoadTest.Learn;

/// <summary>A method of the product that ran.</summary>
/// <param name="Owner">Its type, with the type arguments that it ran for.</param>
/// <param name="Definition">The method, of a generic type that of the type's definition.</param>
/// <param name="Counters">What was counted in it.</param>
/// <param name="Weight">The most that was counted in it, at least 1.</param>
internal sealed record LearnedMethod(Type Owner, MethodBase Definition, IReadOnlyList<RecordedCounter> Counters, long Weight);

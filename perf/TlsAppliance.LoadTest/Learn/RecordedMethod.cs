namespace TlsAppliance.LoadTest.Learn;

/// <summary>A method that ran, and what was counted in it.</summary>
/// <param name="Name">As the runtime writes it: <c>Namespace.Type`1+Nested[Arguments].Method</c>.</param>
/// <param name="Signature">As the runtime writes it: <c>instance generic void  (class System.String,!!0&amp;)</c>.</param>
/// <param name="IlBytes">Length of its IL, by which overloads are told apart.</param>
/// <param name="Counters">In the runtime's order.</param>
internal sealed record RecordedMethod(string Name, string Signature, int IlBytes, IReadOnlyList<RecordedCounter> Counters)
{
    /// <summary>True for a method with type parameters of its own: the name does not say for which types it was compiled.</summary>
    public bool IsGeneric => Signature.StartsWith("generic ", StringComparison.Ordinal) || Signature.StartsWith("instance generic ", StringComparison.Ordinal);

    /// <summary>The most that was counted in it, at least 1.</summary>
    public long Weight => Counters.Where(counter => counter.IsExecutionCount).SelectMany(counter => counter.Values)
        .Select(value => long.TryParse(value, out long count) ? count : 0).Append(1).Max();

    /// <summary>Parameters without <c>this</c>.</summary>
    public int ParameterCount
    {
        get
        {
            int depth = 0, count = 0;
            string list = Signature[(Signature.IndexOf("  (", StringComparison.Ordinal) + 3)..];
            foreach (char letter in list.TrimEnd(')'))
            {
                depth += letter switch { '<' or '(' or '[' => 1, '>' or ')' or ']' => -1, _ => 0 };
                count += count == 0 || (letter == ',' && depth == 0) ? 1 : 0;
            }

            return count;
        }
    }
}

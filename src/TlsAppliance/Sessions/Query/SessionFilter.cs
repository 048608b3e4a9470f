namespace TlsAppliance.Sessions.Query;

/// <summary>Which sessions are wanted.</summary>
internal abstract record SessionFilter
{
    public abstract bool Accepts(EventDocument document);

    /// <summary>The field is there.</summary>
    internal sealed record Present(SessionField Field) : SessionFilter
    {
        public override bool Accepts(EventDocument document) => Field.Texts(document).Any();
    }

    /// <summary>One of the field's values compares like this.</summary>
    internal sealed record Compared(SessionField Field, Func<EventDocument, string, bool> Test) : SessionFilter
    {
        public override bool Accepts(EventDocument document) => Field.Texts(document).Any(text => Test(document, text));
    }

    internal sealed record Not(SessionFilter Inner) : SessionFilter
    {
        public override bool Accepts(EventDocument document) => !Inner.Accepts(document);
    }

    internal sealed record All(IReadOnlyList<SessionFilter> Filters) : SessionFilter
    {
        public override bool Accepts(EventDocument document) => Filters.All(filter => filter.Accepts(document));
    }

    internal sealed record Any(IReadOnlyList<SessionFilter> Filters) : SessionFilter
    {
        public override bool Accepts(EventDocument document) => Filters.Any(filter => filter.Accepts(document));
    }
}

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>What goes wrong with one bulk request. The name says whether the events were taken.</summary>
public enum BulkFault
{
    None,

    // Nothing is taken, no answer.
    ResetBeforeTaking,
    Silence,

    // Taken, but the answer is lost or unreadable.
    ResetAfterTaking,
    CutBody,
    WrongJson,
    CutJson,
    EmptyBody,
    Html,
    MoreAfterTheEnd,
    BrokenGzip,
    CutGzip,

    // Taken, the answer has another shape.
    ErrorsIsText,
    ItemMissing,
    ItemExtra,
    ItemsReordered,
    ItemNull,
    ItemWithoutStatus,
    StatusIsText,
    UnknownAction,
    TwoActions,
    NoItems,
    ItemsIsObject,

    // Taken, and the answer is right, if unusual.
    SlowHeaders,
    SlowBody,
    GzipAnswer,
    CloseAfterAnswer,
    NoProductHeader,
    ErrorsMissing,
    ErrorsTrueWithoutAny,

    // Some items are not taken, and the answer says so.
    ErrorsFalseWithSome,
    SomeItems429,
    AllItems429,
    SomeItems503,
    SomeItemsFloodStage,
    SomeItemsBlocked,
    SomeItemsIndexClosed,
    SomeItemsShardLimit,
    SomeItemsIndexMissing,

    // Nothing is taken, and the status says so.
    Status302,
    Status400,
    Status401,
    Status403,
    Status403Block,
    Status404,
    Status406,
    Status408,
    Status413,
    Status429,
    Status429WithRetryAfter,
    Status500,
    Status502Html,
    Status503,
    Status504,
}

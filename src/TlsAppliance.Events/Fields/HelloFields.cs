using static TlsAppliance.Events.Fields.EventFields;
using static TlsAppliance.Events.Fields.FieldOrigin;
using static TlsAppliance.Events.Fields.FieldType;

namespace TlsAppliance.Events.Fields;

/// <summary>Rows of one hello. An extension that the side cannot send has a row all the same: hostile traffic sends it.</summary>
public sealed class HelloFields
{
    private readonly string _ecs;
    private readonly string _classic;

    internal HelloFields(string side)
    {
        _ecs = $"tls.detailed.{side}_hello";
        _classic = $"tls.{side}_hello";
        Version = Row("version", Keyword, "that hello", "Legacy version, `3.3`.");
        Random = EventFields.Define($"{_ecs}.random", null, Keyword, "that hello", "All 32 bytes.", Packetbeat, FieldConditions.Detailed);
        SessionId = Row("session_id", Keyword, "not empty", "Legacy session id.");
        CompressionMethods = side == "client" ? Row("supported_compression_methods", Keyword, "not empty", "Offered methods.") : null;
        SelectedCompressionMethod = Row("selected_compression_method", Keyword, "server hello; client hello that offers no method", "Selected method.");
        ServerNames = Extension("server_name_indication", "Host names.");
        MaxFragmentLength = Extension("max_fragment_length", "`2^9` to `2^12`");
        ClientCertificateUrl = Extension("client_certificate_url", "Empty.");
        TruncatedHmac = Extension("truncated_hmac", "Empty.");
        StatusRequestType = StatusRequest("type", Keyword, "`ocsp`");
        StatusRequestResponders = StatusRequest("responder_id_list_length", Long, "Bytes of the list of responders.");
        StatusRequestExtensions = StatusRequest("request_extensions", Long, "Bytes of the request's extensions.");
        StatusRequestResponse = StatusRequest("response", FieldType.Boolean, "True: the server will staple.");
        CertificateTypes = Extension("cert_type", "`X.509`, `OpenPGP`, `RawPubKey`");
        SupportedGroups = Extension("supported_groups", "Groups without GREASE.");
        EcPointFormats = Extension("ec_points_formats", "Point formats.");
        Srp = Extension("srp", "User name.");
        SignatureAlgorithms = Extension("signature_algorithms", "Signature schemes.");
        ApplicationProtocols = Extension("application_layer_protocol_negotiation", "Protocols.");
        SessionTicket = Extension("session_ticket", "Empty, or the number of bytes.");
        SupportedVersions = Extension("supported_versions", "Versions without GREASE; of a server the one selected.");
        Unparsed = Extension("_unparsed_", "Extensions shown by name or number only.");
    }

    public EventField Version { get; }

    public EventField Random { get; }

    public EventField SessionId { get; }

    /// <summary>Null for a server.</summary>
    public EventField? CompressionMethods { get; }

    public EventField SelectedCompressionMethod { get; }

    public EventField ServerNames { get; }

    public EventField MaxFragmentLength { get; }

    public EventField ClientCertificateUrl { get; }

    public EventField TruncatedHmac { get; }

    public EventField StatusRequestType { get; }

    public EventField StatusRequestResponders { get; }

    public EventField StatusRequestExtensions { get; }

    public EventField StatusRequestResponse { get; }

    public EventField CertificateTypes { get; }

    public EventField SupportedGroups { get; }

    public EventField EcPointFormats { get; }

    public EventField Srp { get; }

    public EventField SignatureAlgorithms { get; }

    public EventField ApplicationProtocols { get; }

    public EventField SessionTicket { get; }

    public EventField SupportedVersions { get; }

    public EventField Unparsed { get; }

    private EventField Row(string name, FieldType type, string presence, string meaning) =>
        EventFields.Define($"{_ecs}.{name}", $"{_classic}.{name}", type, presence, meaning, Packetbeat, FieldConditions.Detailed);

    private EventField Extension(string name, string meaning) => Row($"extensions.{name}", Keyword, "extension", meaning);

    /// <summary>Packetbeat 6 did not read status_request; the classic layout names it in <c>_unparsed_</c>.</summary>
    private EventField StatusRequest(string name, FieldType type, string meaning) => EventFields.Define(
        $"{_ecs}.extensions.status_request.{name}", null, type, "extension", meaning, Packetbeat, FieldConditions.Detailed);
}

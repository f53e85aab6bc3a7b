namespace Eve.Samples.Controller.Admin;

static class AdminHelp
{
    public const string Text = """
        Administration of LocalController. ID is a device's UUID, the beginning of it, its name, its serial number, or - for the only one.

        GET    /devices                          all devices: who, last seen, hashes of the configuration, numbers of messages
        GET    /devices/ID                       one
        DELETE /devices/ID                       forgets it, with all it said
        GET    /devices/ID/options               name, manufacturer, product
        PUT    /devices/ID/options               {"name": "...", "manufacturer": "...", "product": "..."}
        GET    /devices/ID/config                its configuration as JSON; ?effective as the device gets it; ?format=pb as protobuf
        PUT    /devices/ID/config                JSON, or protobuf with Content-Type: application/x-proto-binary
        GET    /devices/ID/info                  what it reported: info, metrics, logs, newlogs, flowlog, hardwarehealth, attest
                                                 ?last=N the last N; ?follow as lines, and each new one as it comes
                                                 of info also ?type=ZiDevice (ZiApp, ...) and ?latest for the last of each object
        GET    /devices/ID/apps/UUID/newlogs     logs of an application
        POST   /devices/ID/stale-token           from now on it has to be attested again
        GET    /onboarding                       certificates and serial numbers that may register
        POST   /onboarding                       {"certificate": "PEM", "serials": ["1234", "*"]}; without a certificate one is made
        DELETE /onboarding/HASH                  a certificate; ?serial=1234 that serial number alone
        GET    /settings                         unchangedStatus (304 or 200), attest (trust or refuse), requireToken
        PUT    /settings                         the same
        GET    /requests                         the last requests of devices; ?last=N
        GET    /datastore                        files, requests and bytes sent of each
        GET    /datastore/requests               the last downloads; ?last=N
        DELETE /datastore/requests               counts anew
        PUT    /datastore/files/PATH             puts a file there
        DELETE /datastore/files/PATH             removes it
        GET    /faults                           what goes wrong on purpose
        POST   /faults                           {"path": "*/config", "times": 2, "status": 503}; also delayMilliseconds, cutAfter, rate, longerBy, wrongKey
        DELETE /faults                           all; ?path=*/config those for one path

        """;
}

package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.tls.Trust;

/** From the settings of encryption to what every connection of the process follows; comes before the first connection. */
final class TlsWiring {

    private TlsWiring() {}

    static void apply(Settings settings) {
        settings.tls().caFile().ifPresent(file -> Trust.everywhere(file, settings.dataDir()));
        Trust.refuseOldProtocols();
    }
}

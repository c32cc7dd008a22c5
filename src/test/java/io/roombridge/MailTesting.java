package io.roombridge;

import io.roombridge.config.Settings;
import org.apache.camel.main.Main;

/** What the bridge makes of the settings of mails, for a test of the route. */
public final class MailTesting {

    private MailTesting() {}

    public static void prepare(Main camel, Settings settings) {
        WatchWiring.prepare(camel, settings);
    }
}

package io.roombridge.doctor;

import io.roombridge.config.Settings;
import io.roombridge.servicenow.Inspection;
import io.roombridge.servicenow.ServiceNowGateway;

/** A ServiceNow instance with its settings, for the probes. */
public record Instance(String name, Settings.Instance settings, ServiceNowGateway gateway) {

    /** The key of one of its settings. */
    String key(String setting) {
        return "roombridge.instances." + name + "." + setting;
    }

    /** The integration user's name. */
    String user() {
        return settings.user().orElseThrow();
    }

    Inspection inspection() {
        return gateway.inspection();
    }
}

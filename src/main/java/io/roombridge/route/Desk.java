package io.roombridge.route;

import io.roombridge.servicenow.ServiceNowGateway;
import java.util.List;
import java.util.Optional;

/**
 * A ServiceNow instance as the write path sees it.
 *
 * @param name the instance's name in the settings, part of every row's key
 * @param user the integration user, by which the bridge's own entries are told from a person's
 * @param closeCodes preferred codes for a recovery, best first
 */
public record Desk(String name, ServiceNowGateway gateway, String user, List<String> closeCodes) {

    /** How many of the newest entries are looked at; an own write is always among them. */
    static final int JOURNAL_DEPTH = 200;

    /** The first preferred close code that the instance offers. */
    Optional<String> closeCode() {
        List<String> offered = gateway.choices("incident", "close_code");
        return closeCodes.stream().filter(offered::contains).findFirst();
    }
}

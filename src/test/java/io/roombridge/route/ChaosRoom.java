package io.roombridge.route;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A room with one signal (or one recorded issue): how the portal sees it, and everything that was said and shown about it
 * on either side. Each text bears a mark of its own, so that it can be counted where it stands.
 */
final class ChaosRoom {

    static final String SIGNAL = "Camera";

    /** Who said something in the portal. */
    enum Voice {
        CUSTOMER,
        PARTNER,
        AUTOMATION
    }

    /** @param event the id of the event that carries it */
    record Said(String mark, String event, Voice voice) {}

    final String name;
    final boolean recorded;
    final Instant created;
    long sequence = 1;
    int occurrence = 1;
    boolean healthy;
    String severity = "important";
    String title = "Display 1 is not detected";

    final List<Said> said = new ArrayList<>();

    /** When people did something in the portal, and what: the customer said something (c), or has to act (N). */
    final NavigableMap<Instant, Character> portalActs = new TreeMap<>();

    /** Files of the portal: the id of the event, by the hash of the content. */
    final Map<String, String> photos = new LinkedHashMap<>();

    /** Comments of the desk by their marks, with the sys_id of the incident. */
    final Map<String, String> comments = new LinkedHashMap<>();

    /** Files of the desk by their hashes, with the sys_id of the incident. */
    final Map<String, String> plans = new LinkedHashMap<>();

    /** What the portal was told, in this order; each command counts once. */
    final List<String> told = new ArrayList<>();

    final List<String> filesTold = new ArrayList<>();

    final List<PortalEvent> sent = new ArrayList<>();
    Optional<PortalEvent> held = Optional.empty();
    boolean holdNext;

    ChaosRoom(String name, boolean recorded, Instant created) {
        this.name = name;
        this.recorded = recorded;
        this.created = created;
    }

    /** The key of its events in the hub. */
    String key() {
        return "contoso|" + name;
    }

    /** The canonical key of its ticket (docs/events.md). */
    String canonical() {
        return recorded ? "1|contoso|recorded|t-" + name : "1|contoso|" + name + "|compute|camera|0";
    }
}

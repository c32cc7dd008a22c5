package io.roombridge.route;

import io.roombridge.mapping.FieldLengths;
import io.roombridge.mapping.Reference;
import io.roombridge.privacy.Privacy;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.servicenow.ServiceNowGateway;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ServiceNow instance as the write path sees it: its gateway, and what has been looked up on it lately, so that a new
 * incident costs one call in the steady state.
 */
public final class Desk {

    /** How many of the newest entries are looked at; an own write is always among them. */
    static final int JOURNAL_DEPTH = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final String name;
    private final ServiceNowGateway gateway;
    private final String user;
    private final List<String> closeCodes;
    private final List<String> quietCloseCodes;
    private final Lookups<Reference> references;
    private final Lookups<String> names;
    private final Lookups<String> chosenCloseCode;
    private final LearnedLengths lengths;

    /**
     * @param name the instance's name in the settings, part of every row's key
     * @param user the integration user, by which the bridge's own entries are told from a person's
     * @param closeCodes preferred codes for a recovery, best first
     * @param quietCloseCodes codes by which an agent asks for quiet until the signal was healthy once
     */
    public Desk(
            String name,
            ServiceNowGateway gateway,
            String user,
            List<String> closeCodes,
            List<String> quietCloseCodes,
            Clock machine) {
        this.name = name;
        this.gateway = gateway;
        this.user = user;
        this.closeCodes = List.copyOf(closeCodes);
        this.quietCloseCodes = List.copyOf(quietCloseCodes);
        this.references = new Lookups<>(machine);
        this.names = new Lookups<>(machine);
        this.chosenCloseCode = new Lookups<>(machine);
        this.lengths = new LearnedLengths(gateway::fieldLengths, machine);
    }

    /** Its name in the settings. */
    public String name() {
        return name;
    }

    public ServiceNowGateway gateway() {
        return gateway;
    }

    /** Whether the instance takes calls now; not while it is left alone, nor when the hour's budget is spent. */
    boolean open() {
        return gateway.open();
    }

    /** The integration user's name. */
    public String user() {
        return user;
    }

    /** Where a person finds an incident in the browser. */
    String address(String sysId) {
        return gateway.address(sysId);
    }

    List<String> closeCodes() {
        return closeCodes;
    }

    /** Whether an agent who closes with this code asks for quiet until the signal was healthy once. */
    public boolean asksForQuiet(String closedWith) {
        return quietCloseCodes.stream().anyMatch(closedWith.strip()::equalsIgnoreCase);
    }

    /** The first preferred close code that the instance offers. */
    Optional<String> closeCode() {
        return chosenCloseCode.get("close_code", () -> {
            List<String> offered = gateway.choices("incident", "close_code");
            return closeCodes.stream().filter(offered::contains).findFirst();
        });
    }

    /** How much these fields hold. */
    FieldLengths lengths(Set<String> fields) {
        return lengths.of(fields);
    }

    /** The sys_id of the one record a reference names; empty when there is none or more than one. */
    Optional<String> sysId(Reference reference) {
        return references.get(reference, () -> lookedUp(reference));
    }

    private Optional<String> lookedUp(Reference reference) {
        Optional<String> found = gateway.findOne(reference.table(), reference.field(), reference.value());
        if (found.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("instance", name)
                    .addKeyValue("wanted", Privacy.strictly(reference.toString()))
                    .log("a reference of the mapping is not exactly one record of the instance; the field is left out");
        }
        return found;
    }

    /**
     * The newest comments and work notes of an incident. Where the journal table is hidden from the integration user, what
     * the incident shows is parsed instead: an own entry must not be taken for one that was never written.
     */
    List<JournalEntry> journal(String sysId) {
        List<JournalEntry> entries = gateway.journal(sysId, JOURNAL_DEPTH);
        if (!entries.isEmpty()) {
            return entries;
        }
        gateway.changes().probe(sysId);
        return gateway.changes().journals(List.of(sysId), Optional.empty());
    }

    /** How a user is called; empty when the instance does not tell. */
    Optional<String> displayName(String userName) {
        return names.get(userName, () -> gateway.displayName(userName));
    }
}

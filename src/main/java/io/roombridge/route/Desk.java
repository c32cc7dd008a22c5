package io.roombridge.route;

import io.roombridge.mapping.Accounts;
import io.roombridge.mapping.FieldLengths;
import io.roombridge.mapping.Reference;
import io.roombridge.servicenow.CallListener;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.servicenow.NamedRecord;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.servicenow.ServiceNowGateway;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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

    private static final Pattern SYS_ID = Pattern.compile("[0-9a-f]{32}");

    private final String name;
    private final ServiceNowGateway gateway;
    private final String user;
    private final List<String> closeCodes;
    private final List<String> quietCloseCodes;
    private final CallListener listener;
    private final Lookups<Name, Optional<List<NamedRecord>>> records;
    private final Lookups<String, Optional<String>> users;
    private final Lookups<String, Optional<String>> names;
    private final Lookups<String, Optional<String>> chosenCloseCode;
    private final LearnedLengths lengths;

    private record Name(String table, String field, String value) {}

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
        this(name, gateway, user, closeCodes, quietCloseCodes, machine, CallListener.NONE);
    }

    /** @param listener is told of records that mappings name and the instance does not have */
    public Desk(
            String name,
            ServiceNowGateway gateway,
            String user,
            List<String> closeCodes,
            List<String> quietCloseCodes,
            Clock machine,
            CallListener listener) {
        this.listener = listener;
        this.name = name;
        this.gateway = gateway;
        this.user = user;
        this.closeCodes = List.copyOf(closeCodes);
        this.quietCloseCodes = List.copyOf(quietCloseCodes);
        this.records = new Lookups<>(machine);
        this.users = new Lookups<>(machine);
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
    public Optional<String> closeCode() {
        return chosenCloseCode.get("close_code", () -> {
            List<String> offered = gateway.choices("incident", "close_code");
            return closeCodes.stream().filter(offered::contains).findFirst();
        });
    }

    /** How much these fields hold. */
    FieldLengths lengths(Set<String> fields) {
        return lengths.of(fields);
    }

    /** The record for a field of a new incident, asked for at most once in a quarter of an hour. */
    References.Answer record(Reference wanted, Accounts accounts) {
        return References.find(wanted, accounts, user, this::records);
    }

    /** The same, for an incident that is written: what is missing is counted, and told in the log. */
    References.Answer recordFor(String field, Reference wanted, Accounts accounts) {
        References.Answer answer = record(wanted, accounts);
        answer.misses().forEach(miss -> listener.missed(name, field, miss.why().label()));
        answer.remark(field)
                .ifPresent(remark -> LOG.atWarn()
                        .addKeyValue("instance", name)
                        .addKeyValue("field", remark)
                        .log("a record that the mapping names is not exactly one of the instance"));
        return answer;
    }

    /** The sys_id of a user, active or not; empty when there is none of that name. */
    Optional<String> userId(String userName) {
        return users.get(
                userName,
                () -> Optional.of(gateway.named("sys_user", "user_name", userName))
                        .filter(found -> found.size() == 1)
                        .map(found -> found.get(0).sysId()));
    }

    private Optional<List<NamedRecord>> records(String table, String field, String value) {
        String by = SYS_ID.matcher(value).matches() ? "sys_id" : field;
        return records.get(new Name(table, by, value), () -> lookedUp(table, by, value));
    }

    /** What the instance will never answer, such as a table that it does not have, must not hold up a ticket. */
    private Optional<List<NamedRecord>> lookedUp(String table, String field, String value) {
        try {
            return Optional.of(gateway.named(table, field, value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (ServiceNowFailure failure) {
            if (failure.permanent()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /**
     * The newest comments and work notes of an incident. Where the journal table is hidden from the integration user, what
     * the incident shows is parsed instead: an own entry must not be taken for one that was never written.
     */
    public List<JournalEntry> journal(String sysId) {
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

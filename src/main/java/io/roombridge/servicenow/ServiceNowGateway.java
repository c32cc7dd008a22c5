package io.roombridge.servicenow;

import io.roombridge.ticket.TicketId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * Everything the write path asks of one ServiceNow instance. Each method makes one call (two when a token was refused)
 * and either returns what the instance said or throws {@link ServiceNowFailure}; repeating is the caller's business.
 *
 * <p>A status of success is not believed: writes answer with the record as it stands now, and look-ups compare what came
 * back with the key asked for, because an instance may ignore a condition on a field that it does not let this user read
 * and return other records (facts/servicenow.md, sections 1.5 and 1.7).
 *
 * <p>Safe for any number of threads; at most the configured number of calls run at the same time.
 */
public final class ServiceNowGateway implements AutoCloseable {

    private static final String INCIDENT = "incident";

    /** The most records of one name that are looked at. */
    public static final int MOST_NAMESAKES = 100;

    /** Lengths of a standard instance, for one that does not let this user read its dictionary (section 2.2). */
    private static final Map<String, Integer> STANDARD_LENGTHS = Map.of(
            "short_description", 160,
            "description", 4000,
            "close_notes", 4000,
            "correlation_id", 100,
            "correlation_display", 100);

    private final InstanceSettings settings;
    private final Calls calls;
    private final IncidentTable incidents;
    private final IncidentFiles files;
    private final IncidentChanges changes;

    /**
     * @param camel a context with the servicenow component; the gateway adds no route and stops nothing of it
     * @param clock for token expiry, budget and breaker
     * @param jitter numbers from 0 to 1
     */
    public ServiceNowGateway(
            CamelContext camel, InstanceSettings settings, InstantSource clock, DoubleSupplier jitter) {
        this(camel, settings, clock, jitter, SharedLimits.NONE);
    }

    /** @param shared what the nodes of a cluster know together about this instance */
    public ServiceNowGateway(
            CamelContext camel,
            InstanceSettings settings,
            InstantSource clock,
            DoubleSupplier jitter,
            SharedLimits shared) {
        this(camel, settings, clock, jitter, shared, CallListener.NONE, Optional.empty());
    }

    /**
     * @param listener is told of every call
     * @param imagined takes what would be written, in shadow mode: then nothing is, and everything else is read as ever
     */
    public ServiceNowGateway(
            CamelContext camel,
            InstanceSettings settings,
            InstantSource clock,
            DoubleSupplier jitter,
            SharedLimits shared,
            CallListener listener,
            Optional<ImaginedIncidents> imagined) {
        this.settings = imagined.isPresent() ? settings.reading() : settings;
        Login login = Login.of(settings, clock);
        Wire wire = new Wire(camel, settings);
        RateGovernor governor = new RateGovernor(settings.hourlyBudget(), jitter);
        this.calls = new Calls(
                this.settings,
                clock,
                login,
                wire,
                governor,
                new Breaker(jitter),
                shared,
                true,
                settings.workers(),
                listener);
        this.incidents = imagined.<IncidentTable>map(table -> table).orElseGet(() -> new RemoteIncidents(calls));
        // A breaker of its own: a file of half an hour must never be the call that finds out whether the instance is
        // up.
        this.files = new IncidentFiles(
                calls,
                new Calls(
                        this.settings,
                        clock,
                        login,
                        wire,
                        governor,
                        new Breaker(jitter),
                        shared,
                        false,
                        IncidentFiles.WORKERS,
                        listener));
        this.changes = new IncidentChanges(calls, settings.name());
    }

    /** The files of this instance's incidents. */
    public IncidentFiles files() {
        return files;
    }

    /**
     * Asks whether a write would leave now, before anything is prepared for it.
     *
     * @throws ServiceNowFailure when the instance is left alone for a while, or the hour's budget is spent
     */
    public void requireOpen(boolean create) {
        calls.refusal(create ? RateGovernor.Purpose.CREATE : RateGovernor.Purpose.WRITE)
                .ifPresent(refusal -> {
                    throw refusal;
                });
    }

    /** How the instance stands, from memory: no call, no wait. */
    public InstanceStanding standing() {
        return calls.standing();
    }

    /** Whether calls leave now for what is not urgent: looks and writes that nobody waits for. */
    public boolean open() {
        return calls.refusal(RateGovernor.Purpose.READ).isEmpty();
    }

    /**
     * Creates an incident (POST).
     *
     * @param fields values as the Table API takes them: references as sys_ids, times in UTC
     * @return the new incident as it stands, the instance's own defaults and business rules included
     */
    public IncidentRecord create(Map<String, String> fields) {
        return incidents.create(fields);
    }

    /**
     * Writes these fields of an incident and no others (PATCH). An empty text empties the field; {@code comments} and
     * {@code work_notes} add an entry with every call.
     *
     * @return the incident as it stands; fields that the instance dropped have their old values
     */
    public IncidentRecord update(String sysId, Map<String, String> fields) {
        return incidents.update(sysId, fields);
    }

    /** Reads one incident; empty when it is not there, or this user may not see it. */
    public Optional<IncidentRecord> read(String sysId) {
        return incidents.read(sysId);
    }

    /**
     * Every incident of a ticket in every state, oldest first, at most 500.
     *
     * @throws ServiceNowFailure also when the instance returns incidents that were not asked for: it ignored the
     *     condition then, and an empty result would not prove that there is none
     */
    public List<IncidentRecord> findByCorrelation(TicketId id) {
        return findByCorrelation(id.value());
    }

    /** As {@link #findByCorrelation(TicketId)}, for an incident that is of no ticket. */
    public List<IncidentRecord> findByCorrelation(String id) {
        return incidents.correlatedTo(id);
    }

    /** The newest comments and work notes of an incident, newest first. No access to the journal looks like no entry. */
    public List<JournalEntry> journal(String sysId, int limit) {
        return journal(sysId, List.of("comments", "work_notes"), limit);
    }

    /** As {@link #journal(String, int)}, of these elements only. */
    public List<JournalEntry> journal(String sysId, Collection<String> elements, int limit) {
        return incidents.journal(sysId, elements, limit);
    }

    /** The values one may choose for a field of a table, as the English labels have them. */
    public List<String> choices(String table, String element) {
        Query query = Query.where("name", Query.requireName(table))
                .and("element", Query.requireName(element))
                .and("inactive", "false")
                .and("language", "en")
                .orderBy("sequence");
        return find("sys_choice", query, 200, List.of("name", "element", "value"))
                .filter(row -> Row.text(row, "name").equals(table)
                        && Row.text(row, "element").equals(element))
                .map(row -> Row.text(row, "value"))
                .toList();
    }

    /**
     * How many characters these fields of an incident hold. What the instance's dictionary does not tell this user is
     * taken from a standard instance; a field unknown to both is missing.
     */
    public Map<String, Integer> fieldLengths(Collection<String> fields) {
        Map<String, Integer> lengths = new TreeMap<>(STANDARD_LENGTHS);
        lengths.keySet().retainAll(fields);
        dictionary(fields)
                .filter(row -> fields.contains(Row.text(row, "element")) && Row.number(row, "max_length") > 0)
                .sorted(Comparator.comparing(row -> Row.text(row, "name").equals(INCIDENT)))
                .forEach(row -> lengths.put(Row.text(row, "element"), Row.number(row, "max_length")));
        return lengths;
    }

    /** Of these fields, those that an incident has; empty when the dictionary is hidden from this user. */
    public Set<String> knownFields(Collection<String> fields) {
        return dictionary(fields).map(row -> Row.text(row, "element")).collect(Collectors.toSet());
    }

    private Stream<Map<?, ?>> dictionary(Collection<String> fields) {
        Query query = Query.whereIn("name", List.of(INCIDENT, "task")).andIn("element", fields);
        try {
            return find("sys_dictionary", query, 200, List.of("name", "element", "max_length"));
        } catch (ServiceNowFailure failure) {
            if (failure.permanent()) {
                return Stream.empty();
            }
            throw failure;
        }
    }

    /**
     * The records with this value, at most a hundred. Whether they are in use is no condition of the query: an instance may
     * ignore one on a field that the table does not have, or answer nothing at all.
     *
     * @throws IllegalArgumentException when it cannot be asked for, see {@link Query}
     */
    public List<NamedRecord> named(String table, String field, String value) {
        if (value.isBlank()) {
            return List.of();
        }
        Set<String> fields = new TreeSet<>(NamedRecord.fields(table));
        fields.addAll(List.of("sys_id", "active", field));
        Query query = Query.where(field, value);
        return find(Query.requireName(table), query, MOST_NAMESAKES, List.copyOf(fields))
                .filter(row -> Row.text(row, field).equalsIgnoreCase(value) && SysId.isSysId(Row.text(row, "sys_id")))
                .map(NamedRecord::of)
                .toList();
    }

    /** The sys_id of the one active record with this value; empty when there is none or more than one. */
    public Optional<String> onlyOne(String table, String field, String value) {
        List<NamedRecord> active =
                named(table, field, value).stream().filter(NamedRecord::active).toList();
        return active.size() == 1 ? Optional.of(active.get(0).sysId()) : Optional.empty();
    }

    /** The display name of a user; empty when there is no such user, or this user may not see it. */
    public Optional<String> displayName(String userName) {
        if (userName.isBlank()) {
            return Optional.empty();
        }
        try {
            return find("sys_user", Query.where("user_name", userName), 1, List.of("user_name", "name"))
                    .filter(row -> Row.text(row, "user_name").equalsIgnoreCase(userName))
                    .map(row -> Row.text(row, "name"))
                    .findFirst();
        } catch (ServiceNowFailure failure) {
            if (failure.permanent()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** How many records match. A condition that the instance ignores cannot be told here, so nothing may hang on it. */
    public long count(String table, Query query) {
        Map<?, ?> result = calls.record(Request.count(table, query));
        return result.get("stats") instanceof Map<?, ?> stats ? Row.number(stats, "count") : 0;
    }

    /** Where a person finds an incident in the browser. */
    public String address(String sysId) {
        return settings.baseUrl() + "/nav_to.do?uri=incident.do?sys_id=" + SysId.required(sysId);
    }

    /** Reads what changed on this instance; shares budget, breaker and workers with everything else here. */
    public IncidentChanges changes() {
        return changes;
    }

    /**
     * Reads what may speak against closing an incident.
     *
     * @param keepOpenField a field of the customer's own that marks incidents to be kept open
     */
    public ClosingReader closing(Optional<String> keepOpenField) {
        return new ClosingReader(calls, this, keepOpenField);
    }

    /** The incidents of other integrations. */
    public NativeIncidents natives() {
        return new NativeIncidents(calls);
    }

    /** What only doctor asks. */
    public Inspection inspection() {
        return new Inspection(calls);
    }

    @Override
    public void close() {
        calls.close();
    }

    private Stream<Map<?, ?>> find(String table, Query query, int limit, List<String> fields) {
        return calls.records(Request.find(RateGovernor.Purpose.READ, table, query, limit, fields)).stream();
    }
}

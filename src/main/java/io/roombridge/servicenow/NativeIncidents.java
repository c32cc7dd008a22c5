package io.roombridge.servicenow;

import io.roombridge.adoption.NativeIncident;
import io.roombridge.ticket.IncidentState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Incidents that another integration may have made. Only read, so also in shadow mode it is the instance that is asked.
 *
 * <p>All methods throw {@link ServiceNowFailure}, also when the instance returns what was not asked for: it ignored a
 * condition then.
 */
public final class NativeIncidents {

    private static final String INCIDENT = "incident";
    /** How many numbers one query names; longer addresses are answered with a web page (facts/servicenow.md, section 1.5). */
    private static final int LIST = 120;

    /** More than are asked for: several incidents of one number are a fault of the instance, but they are seen. */
    private static final int PAGE = 500;

    /** So many are compared by their text; whoever gets more has to ask for fewer. */
    public static final int MOST = 20_000;

    /** What can be asked for in a list of values. */
    private static final Pattern NUMBER = Pattern.compile("[A-Z0-9_-]{1,40}");

    private static final List<String> FIELDS = List.of(
            "sys_id",
            "number",
            "state",
            "active",
            "correlation_id",
            "correlation_display",
            "short_description",
            "description");

    private final Calls calls;

    NativeIncidents(Calls calls) {
        this.calls = calls;
    }

    /** Those with one of these numbers; what is no number has none. */
    public List<NativeIncident> numbered(Collection<String> numbers) {
        List<String> all = numbers.stream()
                .filter(number -> NUMBER.matcher(number).matches())
                .distinct()
                .sorted()
                .toList();
        List<NativeIncident> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += LIST) {
            List<String> some = all.subList(from, Math.min(all.size(), from + LIST));
            List<NativeIncident> rows = find(Query.whereIn("number", some), PAGE);
            if (!rows.stream().allMatch(row -> some.contains(row.number()))) {
                throw ServiceNowFailure.notAskedFor("incidents", "number");
            }
            found.addAll(rows);
        }
        return found;
    }

    /**
     * Those that an administrator's query finds; a few more than {@link #MOST} where there are more.
     *
     * @param encoded in the language of ServiceNow's lists; without an order of its own
     */
    public List<NativeIncident> matching(String encoded) {
        List<NativeIncident> found = new ArrayList<>();
        List<NativeIncident> page;
        do {
            Query begun = Query.configured(encoded);
            String last = found.isEmpty() ? "" : found.get(found.size() - 1).sysId();
            page = find((last.isEmpty() ? begun : begun.andAfter("sys_id", last)).orderBy("sys_id"), PAGE);
            found.addAll(page);
        } while (page.size() == PAGE && found.size() <= MOST);
        return found;
    }

    /** Empty when it is not there, or this user may not see it. */
    public Optional<NativeIncident> read(String sysId) {
        List<NativeIncident> found = find(Query.where("sys_id", SysId.required(sysId)), 2);
        if (!found.stream().allMatch(row -> row.sysId().equals(sysId))) {
            throw ServiceNowFailure.notAskedFor("incidents", "sys_id");
        }
        return found.stream().findFirst();
    }

    private List<NativeIncident> find(Query query, int limit) {
        return calls.records(Request.find(RateGovernor.Purpose.READ, INCIDENT, query, limit, FIELDS)).stream()
                .map(NativeIncidents::of)
                .toList();
    }

    private static NativeIncident of(Map<?, ?> row) {
        return new NativeIncident(
                Row.text(row, "sys_id"),
                Row.text(row, "number"),
                IncidentState.of(Row.text(row, "state")),
                Boolean.parseBoolean(Row.text(row, "active")),
                Row.text(row, "correlation_id"),
                Row.text(row, "correlation_display"),
                Row.text(row, "short_description") + "\n" + Row.text(row, "description"));
    }
}

package io.roombridge.route;

import io.roombridge.mapping.Accounts;
import io.roombridge.mapping.Reference;
import io.roombridge.servicenow.NamedRecord;
import io.roombridge.servicenow.ServiceNowGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which record a reference of a mapping means: exactly one that is in use, or what stands behind it, or none. Never a guess:
 * an incident without a group or caller is better than one with the wrong one, and better than no incident.
 */
final class References {

    private static final String USERS = "sys_user";

    private References() {}

    /** Why a record was not taken. */
    enum Why {
        NONE("there is none in use"),
        SEVERAL("there are several"),
        UNREADABLE("the integration user cannot ask for it"),
        /** The integration user and the accounts of rooms are nobody's callers (design, section 3.8). */
        REFUSED("that is the account of the bridge or of a room");

        private final String meaning;

        Why(String meaning) {
            this.meaning = meaning;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A record that was not taken. */
    record Miss(Reference wanted, Why why) {

        String shown() {
            return wanted.shown() + ": " + why.meaning;
        }
    }

    /**
     * The answer for one field.
     *
     * @param sysId empty when the field is left out
     * @param misses what was asked for before, in vain
     */
    record Answer(Optional<String> sysId, Optional<Reference> taken, List<Miss> misses) {

        /** What a person should know of it, in one line; empty when the first that was wanted is there. */
        Optional<String> remark(String field) {
            return misses.isEmpty()
                    ? Optional.empty()
                    : Optional.of(field + ": "
                            + String.join(", ", misses.stream().map(Miss::shown).toList())
                            + taken.map(other -> "; taken instead: " + other.shown())
                                    .orElse("; left empty"));
        }
    }

    /** What an instance has of a name; empty when it does not tell this user. */
    @FunctionalInterface
    interface Records {
        Optional<List<NamedRecord>> of(String table, String field, String value);
    }

    /** @param bridge the integration user's name */
    static Answer find(Reference wanted, Accounts accounts, String bridge, Records records) {
        List<Miss> misses = new ArrayList<>();
        Optional<Reference> next = Optional.of(wanted);
        while (next.isPresent()) {
            Reference reference = next.get();
            Optional<String> value = reference.ofReporter() ? accounts.reporter() : Optional.of(reference.value());
            // An issue whose recording names nobody is no miss: nothing was to be found.
            if (value.isPresent()) {
                Optional<List<NamedRecord>> found = records.of(reference.table(), reference.field(), value.get())
                        .map(References::inUse);
                Optional<Why> why = objection(reference, found, accounts, bridge);
                if (why.isEmpty()) {
                    return new Answer(Optional.of(found.orElseThrow().get(0).sysId()), next, misses);
                }
                misses.add(new Miss(reference, why.get()));
            }
            next = reference.otherwise();
        }
        return new Answer(Optional.empty(), Optional.empty(), misses);
    }

    /** Behind a full page there may be more of that name. */
    private static List<NamedRecord> inUse(List<NamedRecord> found) {
        return found.size() >= ServiceNowGateway.MOST_NAMESAKES
                ? found
                : found.stream().filter(NamedRecord::active).toList();
    }

    private static Optional<Why> objection(
            Reference reference, Optional<List<NamedRecord>> found, Accounts accounts, String bridge) {
        if (found.isEmpty()) {
            return Optional.of(Why.UNREADABLE);
        } else if (found.get().isEmpty()) {
            return Optional.of(Why.NONE);
        } else if (found.get().size() > 1) {
            return Optional.of(Why.SEVERAL);
        }
        boolean refused = reference.table().equals(USERS)
                && found.get().get(0).accounts().stream()
                        .anyMatch(account -> account.equalsIgnoreCase(bridge) || accounts.isRoom(account));
        return refused ? Optional.of(Why.REFUSED) : Optional.empty();
    }
}

package io.roombridge.route;

import io.roombridge.mapping.Acceptance;
import io.roombridge.mapping.Accounts;
import io.roombridge.mapping.Reference;
import io.roombridge.servicenow.ServiceNowFailure;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks an instance what it would do with values. Each question is asked once for a preview of many tickets. */
final class DeskAcceptance implements Acceptance {

    /** Every instance has it, and every instance that tells of any field tells of this one. */
    private static final String EVERYWHERE = "short_description";

    private final Desk desk;
    private final Map<String, Boolean> known = new HashMap<>();
    private final Map<String, Integer> lengths = new HashMap<>();
    private final Map<String, List<String>> choices = new HashMap<>();

    DeskAcceptance(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Set<String> unknown(Collection<String> fields) {
        Set<String> unknown = new HashSet<>(fields);
        unknown.removeIf(field -> known.computeIfAbsent(field, this::isKnown));
        return unknown;
    }

    /** A dictionary that shows nothing is hidden, not empty. */
    private boolean isKnown(String field) {
        Set<String> found = desk.gateway().knownFields(new HashSet<>(List.of(field, EVERYWHERE)));
        return found.isEmpty() || found.contains(field);
    }

    @Override
    public Map<String, Integer> lengths(Collection<String> fields) {
        if (!lengths.keySet().containsAll(fields)) {
            lengths.putAll(desk.gateway().fieldLengths(fields));
            fields.forEach(field -> lengths.putIfAbsent(field, Integer.MAX_VALUE));
        }
        Map<String, Integer> wanted = new HashMap<>(lengths);
        wanted.keySet().retainAll(fields);
        // A journal is a list of entries: its length says nothing of one entry.
        wanted.keySet().removeAll(Set.of("work_notes", "comments"));
        return wanted;
    }

    @Override
    public List<String> choices(String field) {
        return choices.computeIfAbsent(field, this::offered);
    }

    private List<String> offered(String field) {
        try {
            List<String> own = desk.gateway().choices("incident", field);
            return own.isEmpty() ? desk.gateway().choices("task", field) : own;
        } catch (ServiceNowFailure failure) {
            if (failure.permanent()) {
                return List.of();
            }
            throw failure;
        }
    }

    @Override
    public Optional<String> remark(String field, Reference reference, Accounts accounts) {
        return desk.record(reference, accounts).remark(field);
    }
}

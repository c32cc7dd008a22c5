package io.roombridge.doctor;

import io.roombridge.servicenow.JournalAccess;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.servicenow.ServiceNowFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a comment and a work note can be written, and come back from the journal table. */
final class JournalProof implements Probe {

    private static final String TEXT = "A test entry of Roombridge's doctor.";
    private static final int DEPTH = 20;

    private final Scratch scratch;

    JournalProof(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public List<Finding> look() {
        try {
            scratch.note(Map.of("comments", TEXT, "work_notes", TEXT));
        } catch (ServiceNowFailure failure) {
            return List.of(Refused.finding(failure, "a comment and a work note could not be written"));
        }
        JournalAccess access = scratch.instance().gateway().changes().probe(scratch.sysId());
        return verdict(access, scratch.instance().gateway().journal(scratch.sysId(), DEPTH));
    }

    static List<Finding> verdict(JournalAccess access, List<JournalEntry> entries) {
        if (access == JournalAccess.HIDDEN) {
            return List.of(
                    Finding.red(
                            "the incident shows entries, but sys_journal_field returns none to this user",
                            "the user reads journal entries of incidents; until then comments are parsed from what is shown, and"
                                    + " nothing is closed for inactivity",
                            "add an access control (System Security › Access Control): type record, operation read, table"
                                    + " sys_journal_field, condition name is incident, for a role of the integration user alone"));
        }
        List<Finding> findings = new ArrayList<>();
        missing("comments", entries, findings);
        missing("work_notes", entries, findings);
        return findings.isEmpty()
                ? List.of(Finding.green("a comment and a work note were written and came back"))
                : findings;
    }

    private static void missing(String element, List<JournalEntry> entries, List<Finding> findings) {
        if (entries.stream()
                .noneMatch(entry ->
                        entry.element().equals(element) && entry.value().contains(TEXT))) {
            findings.add(Finding.red(
                    "an entry in " + element + " was answered with success and is not there",
                    "the user writes incident." + element,
                    "let it write the field (System Security › Access Control, incident." + element
                            + ", operation write)"));
        }
    }
}

package io.roombridge.correlation;

import io.roombridge.ticket.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything one step changes in the store; committed as a whole or not at all. */
public final class Commit {

    private Optional<Ticket> ticket = Optional.empty();
    private Optional<Intent> intent = Optional.empty();
    private final List<Settled> settled = new ArrayList<>();
    private Optional<ChangeRecord> change = Optional.empty();
    private Optional<DeadLetter> deadLetter = Optional.empty();
    private final List<HistoryEntry> history = new ArrayList<>();

    /** The ticket to be written; its version is the one it was read with. */
    public Commit ticket(Ticket changed) {
        ticket = Optional.of(changed);
        return this;
    }

    public Commit opening(Intent opened) {
        intent = Optional.of(opened);
        return this;
    }

    public Commit settling(List<Settled> results) {
        settled.addAll(results);
        return this;
    }

    public Commit change(ChangeRecord became) {
        change = Optional.of(became);
        return this;
    }

    public Commit deadLetter(DeadLetter letter) {
        deadLetter = Optional.of(letter);
        return this;
    }

    public Commit history(List<HistoryEntry> entries) {
        history.addAll(entries);
        return this;
    }

    Optional<Ticket> ticket() {
        return ticket;
    }

    Optional<Intent> intent() {
        return intent;
    }

    List<Settled> settled() {
        return settled;
    }

    Optional<ChangeRecord> change() {
        return change;
    }

    Optional<DeadLetter> deadLetter() {
        return deadLetter;
    }

    List<HistoryEntry> history() {
        return history;
    }
}

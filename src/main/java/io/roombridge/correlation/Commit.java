package io.roombridge.correlation;

import io.roombridge.ticket.Change;
import io.roombridge.ticket.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Everything one step changes in the store; committed as a whole or not at all. */
public final class Commit {

    private Consumer<Handle> guard = handle -> {};
    private Optional<Ticket> ticket = Optional.empty();
    private Optional<Ticket> basis = Optional.empty();
    private Optional<Intent> intent = Optional.empty();
    private final List<Settled> settled = new ArrayList<>();
    private Optional<ChangeRecord> change = Optional.empty();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private Optional<ReplayResult> replay = Optional.empty();
    private Optional<LookAgain> look = Optional.empty();
    private Optional<Ticket> subject = Optional.empty();
    private final List<HistoryEntry> history = new ArrayList<>();
    private final List<HeardEntry> heard = new ArrayList<>();
    private final List<OutgoingCommand> commands = new ArrayList<>();
    private final List<TicketActivity> activities = new ArrayList<>();
    private Optional<DeskReading> reading = Optional.empty();
    private Optional<ClosingClock> clock = Optional.empty();
    private final List<ClosingRecord> closings = new ArrayList<>();
    private final List<FileOffer> files = new ArrayList<>();
    private Optional<FileJob> fileJob = Optional.empty();
    private Optional<FileCopy> fileCopy = Optional.empty();
    private Optional<GatheredNote> gathered = Optional.empty();
    private Optional<GatheredBatch> written = Optional.empty();
    private Optional<DevicePlaces.Place> place = Optional.empty();
    private Optional<RuleOutcome> rule = Optional.empty();
    private Optional<Adoption> adoption = Optional.empty();
    private Optional<Adoption> adoptionBefore = Optional.empty();
    private final List<FileOffer> past = new ArrayList<>();

    /** Commits only while the work is still ours: asked in the same transaction (design, section 3.6). */
    public Commit under(Fence held) {
        guard = held::require;
        return this;
    }

    /** The ticket to be written; its version is the one it was read with. */
    public Commit ticket(Ticket changed) {
        ticket = Optional.of(changed);
        return this;
    }

    /**
     * The ticket as it was read by a step that changes nothing of it. Such a decision counts only if that was the ticket as
     * it stands; the cache may have shown an older one.
     */
    public Commit decidedOn(Ticket read) {
        basis = Optional.of(read);
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
        deadLetters.add(letter);
        return this;
    }

    /** What came of trying a dead letter again. */
    public Commit replay(ReplayResult result) {
        replay = Optional.of(result);
        return this;
    }

    /** An incident has to be heard again. */
    public Commit looking(LookAgain again) {
        look = Optional.of(again);
        return this;
    }

    public Commit history(List<HistoryEntry> entries) {
        history.addAll(entries);
        return this;
    }

    /** For a step that says something of a ticket without changing it. */
    public Commit history(Ticket of, List<HistoryEntry> entries) {
        subject = Optional.of(of);
        return history(entries);
    }

    /** Journal entries that were heard, with what became of them. */
    public Commit heard(List<HeardEntry> entries) {
        heard.addAll(entries);
        return this;
    }

    /** Commands the portal gets because of this step; a command whose id is known already changes nothing. */
    public Commit commands(List<OutgoingCommand> outgoing) {
        commands.addAll(outgoing);
        return this;
    }

    /** Files that the other side may get; one that is known already changes nothing. */
    public Commit files(List<FileOffer> offered) {
        files.addAll(offered);
        return this;
    }

    /** How far a file is; its version is the one it was taken with. */
    public Commit fileJob(FileJob moved) {
        fileJob = Optional.of(moved);
        return this;
    }

    /** A content that leaves now, or has arrived. */
    public Commit fileCopy(FileCopy copy) {
        fileCopy = Optional.of(copy);
        return this;
    }

    /** Output of automation that is written later. */
    public Commit gathering(GatheredNote note) {
        gathered = Optional.of(note);
        return this;
    }

    /** Gathered notes that need not be written any more. */
    public Commit written(GatheredBatch batch) {
        written = Optional.of(batch);
        return this;
    }

    /** Facts from which it follows whose turn it is. */
    public Commit activities(List<TicketActivity> facts) {
        activities.addAll(facts);
        return this;
    }

    /** What an incident shows, for the next time it is read. */
    public Commit seen(DeskReading last) {
        reading = Optional.of(last);
        return this;
    }

    /** How far the closing of a ticket has come. */
    public Commit clock(ClosingClock changed) {
        clock = Optional.of(changed);
        return this;
    }

    /** A step of a closing, for its audit. */
    public Commit closing(ClosingRecord step) {
        closings.add(step);
        return this;
    }

    /** What became of a rule whose time had come. */
    public Commit rule(RuleOutcome done) {
        rule = Optional.of(done);
        return this;
    }

    Optional<RuleOutcome> rule() {
        return rule;
    }

    /** How far an adoption is, and what was read of it before. */
    public Commit adopting(Adoption row, Adoption before) {
        adoption = Optional.of(row);
        adoptionBefore = Optional.of(before);
        return this;
    }

    /** Files from before the bridge took their incident over, which stay where they are. */
    public Commit past(List<FileOffer> offers) {
        past.addAll(offers);
        return this;
    }

    /** Where the device of an event stands, if it names one in one room. */
    public Commit placing(Change change) {
        place = DevicePlaces.Place.of(change);
        return this;
    }

    Optional<Adoption> adoption() {
        return adoption;
    }

    Adoption adoptionBefore() {
        return adoptionBefore.orElseThrow();
    }

    List<FileOffer> past() {
        return past;
    }

    Optional<DevicePlaces.Place> place() {
        return place;
    }

    /** Throws where this may not be committed any more. */
    Consumer<Handle> guard() {
        return guard;
    }

    Optional<Ticket> ticket() {
        return ticket;
    }

    Optional<Ticket> basis() {
        return basis;
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

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    Optional<ReplayResult> replay() {
        return replay;
    }

    Optional<LookAgain> look() {
        return look;
    }

    /** The ticket whose history grows. */
    Optional<Ticket> subject() {
        return ticket.or(() -> subject);
    }

    List<HistoryEntry> history() {
        return history;
    }

    List<HeardEntry> heard() {
        return heard;
    }

    List<OutgoingCommand> commands() {
        return commands;
    }

    List<FileOffer> files() {
        return files;
    }

    Optional<FileJob> fileJob() {
        return fileJob;
    }

    Optional<FileCopy> fileCopy() {
        return fileCopy;
    }

    Optional<GatheredNote> gathered() {
        return gathered;
    }

    Optional<GatheredBatch> written() {
        return written;
    }

    List<TicketActivity> activities() {
        return activities;
    }

    Optional<DeskReading> reading() {
        return reading;
    }

    Optional<ClosingClock> clock() {
        return clock;
    }

    List<ClosingRecord> closings() {
        return closings;
    }
}

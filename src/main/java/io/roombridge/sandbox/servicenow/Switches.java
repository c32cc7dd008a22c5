package io.roombridge.sandbox.servicenow;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What differs from one instance to the next, or is not known for certain (facts/servicenow.md, tag U): each is a
 * switch, and the bridge has to work with either position. All may be turned at run time, from any thread.
 */
public final class Switches {

    /** What a query does with a condition on a field that does not exist (facts/servicenow.md §1.5). */
    public enum UnknownQueryField {
        /** The condition is dropped: with no other condition the whole table comes back. */
        IGNORED,
        NO_ROWS,
        FORBIDDEN
    }

    /** What becomes of a PATCH that changes nothing. */
    public enum NoOpUpdate {
        UNCHANGED,
        COUNTED
    }

    /** What becomes of a text longer than its field. */
    public enum LongText {
        TRUNCATED,
        REJECTED
    }

    /** What becomes of a sys_id that a client sends with a POST. */
    public enum ClientSysId {
        HONOURED,
        IGNORED
    }

    /** What the virus scan says about new attachments. */
    public enum AttachmentScan {
        CLEAN,
        INFECTED,
        NEVER_ENDS
    }

    /** A business rule that aborts a write, as {@code current.setAbortAction(true)} does. */
    record AbortRule(String name, Predicate<String> text) {}

    /** A business rule that writes each new comment to other incidents too, signed with who wrote the first one. */
    record CopyRule(String prefix, Function<String, Collection<String>> targets) {}

    private volatile UnknownQueryField unknownQueryField = UnknownQueryField.IGNORED;
    private volatile NoOpUpdate noOpUpdate = NoOpUpdate.UNCHANGED;
    private volatile LongText longText = LongText.TRUNCATED;
    private volatile ClientSysId clientSysId = ClientSysId.HONOURED;
    private volatile AttachmentScan attachmentScan = AttachmentScan.CLEAN;
    private volatile boolean journalsReadable = true;
    private volatile boolean journalOnClosedDropped = true;
    private volatile BiFunction<String, String, Duration> lateRows = (table, sysId) -> Duration.ZERO;
    private volatile Optional<CopyRule> copyRule = Optional.empty();
    private volatile String dateFormat = "yyyy-MM-dd HH:mm:ss";
    private volatile boolean filesTouchTheirRecord;
    private volatile boolean basicAuthGate;
    private volatile boolean scopeRequired;
    private volatile Optional<URI> linkHost = Optional.empty();
    private volatile Optional<AbortRule> abortRule = Optional.empty();
    private final AttachmentRules attachmentRules = new AttachmentRules();
    private volatile int batchQuota = Integer.MAX_VALUE;
    private volatile Predicate<String> hiddenRows = sysId -> false;
    private final Set<String> disabledGrants = new CopyOnWriteArraySet<>();
    private final Set<String> mandatoryOnInsert = new CopyOnWriteArraySet<>();
    private final Set<String> mandatoryOnResolve = new CopyOnWriteArraySet<>();
    private final Set<String> unwritableFields = new CopyOnWriteArraySet<>();
    private final Set<String> fieldsPutBack = new CopyOnWriteArraySet<>();
    private final Set<String> rangeQueriesDenied = new CopyOnWriteArraySet<>();

    Switches() {}

    public UnknownQueryField unknownQueryField() {
        return unknownQueryField;
    }

    public void unknownQueryField(UnknownQueryField mode) {
        unknownQueryField = mode;
    }

    public NoOpUpdate noOpUpdate() {
        return noOpUpdate;
    }

    public void noOpUpdate(NoOpUpdate mode) {
        noOpUpdate = mode;
    }

    public LongText longText() {
        return longText;
    }

    public void longText(LongText mode) {
        longText = mode;
    }

    public ClientSysId clientSysId() {
        return clientSysId;
    }

    public void clientSysId(ClientSysId mode) {
        clientSysId = mode;
    }

    public AttachmentScan attachmentScan() {
        return attachmentScan;
    }

    /** Holds for attachments that arrive from now on. */
    public void attachmentScan(AttachmentScan mode) {
        attachmentScan = mode;
    }

    public boolean journalsReadable() {
        return journalsReadable;
    }

    /** False: a user who is not an admin reads {@code sys_journal_field} as an empty table, without an error. */
    public void journalsReadable(boolean readable) {
        journalsReadable = readable;
    }

    public boolean journalOnClosedDropped() {
        return journalOnClosedDropped;
    }

    /** True (as recorded): a note on a closed or canceled incident answers 200 and leaves no entry. */
    public void journalOnClosedDropped(boolean dropped) {
        journalOnClosedDropped = dropped;
    }

    /**
     * How long after its own time (made, or last changed) a row becomes visible in lists: transactions that last. The
     * arguments are table and sys_id; the desk itself sees everything at once. An incident that was changed is not
     * seen at all until then.
     */
    public void lateRows(BiFunction<String, String, Duration> delay) {
        lateRows = delay;
    }

    /** Whether a row is not committed yet for those who list the table now. */
    boolean late(String table, Row row, Instant now) {
        Duration delay = lateRows.apply(table, row.sysId());
        String time = row.get("sys_updated_on").isEmpty() ? row.get("sys_created_on") : row.get("sys_updated_on");
        return !delay.isZero() && SysTime.stored(time).plus(delay).isAfter(now);
    }

    Optional<CopyRule> copyRule() {
        return copyRule;
    }

    /**
     * A business rule copies each comment with this prefix to the incidents named for its own; copies are not copied
     * again. An incident may be named for itself: its comments then stand twice in it.
     */
    public void copyComments(String prefix, Function<String, Collection<String>> targets) {
        copyRule = Optional.of(new CopyRule(prefix, targets));
    }

    String dateFormat() {
        return dateFormat;
    }

    /** How users see times, for example {@code dd/MM/yyyy HH:mm:ss}; each in their own time zone. */
    public void dateFormat(String pattern) {
        DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        dateFormat = pattern;
    }

    boolean filesTouchTheirRecord() {
        return filesTouchTheirRecord;
    }

    /** True: a new file counts as a change of its record; otherwise {@code sys_updated_on} stays (facts §3). */
    public void filesTouchTheirRecord(boolean touch) {
        filesTouchTheirRecord = touch;
    }

    public boolean basicAuthGate() {
        return basicAuthGate;
    }

    /** True: basic authentication answers 401 for users without the role {@code snc_basic_auth_api_access}. */
    public void basicAuthGate(boolean closed) {
        basicAuthGate = closed;
    }

    public boolean scopeRequired() {
        return scopeRequired;
    }

    /** True: a token that was requested without {@code scope=useraccount} is refused by every API with 403. */
    public void scopeRequired(boolean required) {
        scopeRequired = required;
    }

    public Optional<URI> linkHost() {
        return linkHost;
    }

    /** The host in generated links ({@code link}, {@code Location}, {@code Link}); empty: that of the request. */
    public void linkHost(Optional<URI> host) {
        linkHost = host;
    }

    Optional<AbortRule> abortRule() {
        return abortRule;
    }

    /** A business rule of this name aborts every write to an incident in which some value satisfies the condition. */
    public void abortWrites(String ruleName, Predicate<String> value) {
        abortRule = Optional.of(new AbortRule(ruleName, value));
    }

    /** Which files the instance takes. */
    public AttachmentRules attachmentRules() {
        return attachmentRules;
    }

    /** Files above this size are refused; 1 GiB by default. */
    public void maxAttachmentBytes(long bytes) {
        attachmentRules.maxBytes(bytes);
    }

    public int batchQuota() {
        return batchQuota;
    }

    /** After this many requests of a batch its time is used up and the others come back unserviced. */
    public void batchQuota(int requests) {
        batchQuota = requests;
    }

    boolean hides(String sysId) {
        return hiddenRows.test(sysId);
    }

    /** Rows that users other than admins may not read: left out without an error, still counted in X-Total-Count. */
    public void hideRows(Predicate<String> sysIds) {
        hiddenRows = sysIds;
    }

    /** The OAuth grant types that are switched off, by the word of the protocol, for example {@code password}. */
    public Set<String> disabledGrants() {
        return disabledGrants;
    }

    /** Fields that a data policy of this customer makes mandatory when an incident is created. */
    public Set<String> mandatoryOnInsert() {
        return mandatoryOnInsert;
    }

    /** Fields that a data policy of this customer makes mandatory when an incident is resolved, besides close code and notes. */
    public Set<String> mandatoryOnResolve() {
        return mandatoryOnResolve;
    }

    /** Fields of an incident that users other than admins may not write: dropped, and the answer is a success. */
    public Set<String> unwritableFields() {
        return unwritableFields;
    }

    /** Fields of an incident that a business rule puts back to what they were whenever somebody changes them. */
    public Set<String> fieldsPutBack() {
        return fieldsPutBack;
    }

    /** Fields on which a {@code query_range} ACL denies ranges, patterns and sorting to users other than admins. */
    public Set<String> rangeQueriesDenied() {
        return rangeQueriesDenied;
    }
}

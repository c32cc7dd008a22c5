package io.roombridge.sandbox.servicenow;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Files: rows of {@code sys_attachment} and their bytes. A new file is {@code pending} until the virus scan, which the
 * platform does about a second later by the server's clock (facts/servicenow.md §3). The record it belongs to is not
 * touched by it.
 */
final class Attachments {

    static final String TABLE = "sys_attachment";
    static final String AVAILABLE = "available";

    private static final String PENDING = "pending";
    private static final String INFECTED = "not_available";
    private static final Duration SCAN = Duration.ofSeconds(1);

    private final Tables tables;
    private final Records records;
    private final Transactions transactions;
    private final Switches switches;
    private final DiskFiles files;
    private final Map<String, Content> contents = new HashMap<>();

    Attachments(Tables tables, Records records, Transactions transactions, Switches switches, DiskFiles files) {
        this.files = files;
        this.tables = tables;
        this.records = records;
        this.transactions = transactions;
        this.switches = switches;
    }

    Row add(Session session, String table, String sysId, String fileName, String contentType, Content content) {
        Content kept = content.file().isPresent() ? content : files.keep(content.bytes());
        Map<String, String> draft = records.blank(session, tables.definition(TABLE));
        draft.put("table_name", table);
        draft.put("table_sys_id", sysId);
        draft.put("file_name", fileName);
        draft.put("content_type", contentType);
        draft.put("size_bytes", String.valueOf(kept.size()));
        draft.put("size_compressed", String.valueOf(kept.size()));
        draft.put("compressed", "true");
        draft.put("chunk_size_bytes", "700000");
        draft.put("hash", kept.sha256());
        draft.put("state", PENDING);
        Row row = new Row(draft);
        contents.put(row.sysId(), kept);
        store(session, Write.Operation.INSERT, Map.of(), row);
        if (switches.filesTouchTheirRecord()) {
            tables.find(table, sysId).ifPresent(record -> {
                Map<String, String> touched = record.draft();
                Records.touch(session, touched);
                Row after = new Row(touched);
                records.store(session, tables.definition(table), Write.Operation.UPDATE, record.fields(), after);
            });
        }
        scanLater(row.sysId(), session.now().plus(SCAN));
        return row;
    }

    void rename(Session session, Row row, String fileName) {
        Map<String, String> draft = row.draft();
        draft.put("file_name", fileName);
        Records.touch(session, draft);
        store(session, Write.Operation.UPDATE, row.fields(), new Row(draft));
    }

    void delete(Session session, Row row) {
        Optional.ofNullable(contents.remove(row.sysId())).ifPresent(DiskFiles::discard);
        records.delete(session, tables.definition(TABLE), row);
    }

    void startOver() {
        contents.values().forEach(DiskFiles::discard);
        contents.clear();
        tables.removeIf(TABLE, row -> true);
    }

    Content content(Row row) {
        return contents.getOrDefault(row.sysId(), Content.EMPTY);
    }

    private void scanLater(String sysId, Instant when) {
        Switches.AttachmentScan scan = switches.attachmentScan();
        if (scan == Switches.AttachmentScan.NEVER_ENDS) {
            return;
        }
        String state = scan == Switches.AttachmentScan.CLEAN ? AVAILABLE : INFECTED;
        transactions.at(when, now -> {
            Optional<Row> row = tables.find(TABLE, sysId);
            row.ifPresent(found -> {
                Session system = new Session(User.SYSTEM, now);
                Map<String, String> draft = found.draft();
                draft.put("state", state);
                Records.touch(system, draft);
                store(system, Write.Operation.UPDATE, found.fields(), new Row(draft));
            });
        });
    }

    private void store(Session session, Write.Operation operation, Map<String, String> before, Row row) {
        records.store(session, tables.definition(TABLE), operation, before, row);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

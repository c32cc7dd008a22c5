package io.roombridge.sandbox.servicenow;

import java.time.Instant;

/**
 * A file of a record.
 *
 * @param state {@code pending} until the virus scan, then {@code available}
 * @param size in bytes
 * @param hash SHA-256 of the content in hex
 */
public record Attachment(
        String sysId,
        String fileName,
        String contentType,
        String state,
        String hash,
        long size,
        Content stored,
        String createdBy,
        Instant createdOn) {

    static Attachment of(Row row, Content stored) {
        return new Attachment(
                row.sysId(),
                row.get("file_name"),
                row.get("content_type"),
                row.get("state"),
                row.get("hash"),
                stored.size(),
                stored,
                row.get("sys_created_by"),
                SysTime.stored(row.get("sys_created_on")));
    }

    /** All its bytes, in memory. */
    public byte[] content() {
        return stored.bytes();
    }
}

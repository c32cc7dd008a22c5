package io.roombridge.files;

/**
 * A content that lies on disk.
 *
 * @param sha256 in lower-case hex, of what was written to disk
 */
public record Fetched(long size, String sha256) {}

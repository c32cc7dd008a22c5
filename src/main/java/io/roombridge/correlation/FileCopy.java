package io.roombridge.correlation;

/**
 * A content the bridge brought to the other side, or is about to bring.
 *
 * @param job the job that carries it
 * @param sha256 in lower-case hex
 */
public record FileCopy(FileJob job, String sha256) {}

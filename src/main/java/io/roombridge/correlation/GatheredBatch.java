package io.roombridge.correlation;

import io.roombridge.ticket.ChangeId;
import java.util.List;

/**
 * Gathered notes of one ticket that are written together. Which notes belong to it is settled before the write, so that
 * the repetition of a write that was cut off carries the same text under the same reference.
 *
 * @param number of this batch and no other
 * @param first the change of its oldest note, by which its write is found again when the numbers are lost
 * @param texts in the order in which they were gathered
 */
public record GatheredBatch(String tenant, String instance, long number, ChangeId first, List<String> texts) {}

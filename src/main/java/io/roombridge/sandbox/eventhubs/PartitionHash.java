package io.roombridge.sandbox.eventhubs;

import java.nio.charset.StandardCharsets;

/**
 * Which partition a key belongs to: Bob Jenkins' lookup3 {@code hashlittle2} over the key's UTF-8 bytes with seeds 0
 * and 0, folded as the service does (facts/eventhubs.md §3.6).
 */
final class PartitionHash {

    private PartitionHash() {}

    static int partition(String key, int partitions) {
        byte[] k = key.getBytes(StandardCharsets.UTF_8);
        int a = 0xdeadbeef + k.length;
        int b = a;
        int c = a;
        int at = 0;
        for (; k.length - at > 12; at += 12) {
            a += word(k, at);
            b += word(k, at + 4);
            c += word(k, at + 8);
            // lookup3's mix(a, b, c)
            a = (a - c) ^ Integer.rotateLeft(c, 4);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 6);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 8);
            b += a;
            a = (a - c) ^ Integer.rotateLeft(c, 16);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 19);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 4);
            b += a;
        }
        if (at < k.length) {
            a += word(k, at);
            b += word(k, at + 4);
            c += word(k, at + 8);
            // lookup3's final(a, b, c)
            c = (c ^ b) - Integer.rotateLeft(b, 14);
            a = (a ^ c) - Integer.rotateLeft(c, 11);
            b = (b ^ a) - Integer.rotateLeft(a, 25);
            c = (c ^ b) - Integer.rotateLeft(b, 16);
            a = (a ^ c) - Integer.rotateLeft(c, 4);
            b = (b ^ a) - Integer.rotateLeft(a, 14);
            c = (c ^ b) - Integer.rotateLeft(b, 24);
        }
        return Math.abs((short) (c ^ b) % partitions);
    }

    /** Four bytes, the lowest first; what lies beyond the end counts as 0. */
    private static int word(byte[] k, int at) {
        int word = 0;
        for (int i = 0; i < 4 && at + i < k.length; i++) {
            word |= (k[at + i] & 0xff) << (8 * i);
        }
        return word;
    }
}

package io.roombridge.sandbox.servicenow;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Where sys_ids, numbers and tokens come from: all from one seed. Transaction ids have a source of their own, so that
 * additional reads do not change which sys_ids the records get. Thread-safe.
 */
final class Ids {

    private static final int FIRST_NUMBER = 10_001;

    private final Random records;
    private final Random transactions;
    private final Map<String, Integer> numbers = new HashMap<>();

    Ids(long seed) {
        this.records = new Random(seed);
        this.transactions = new Random(~seed);
    }

    /** From now on the same ids as those of an instance that was started with this seed come again. */
    synchronized void startOver(long seed) {
        records.setSeed(seed);
        transactions.setSeed(~seed);
        numbers.clear();
    }

    synchronized String sysId() {
        return hex(records) + hex(records);
    }

    synchronized String number(String prefix) {
        return prefix + "%07d".formatted(numbers.merge(prefix, FIRST_NUMBER, (last, first) -> last + 1));
    }

    synchronized String transaction() {
        return hex(transactions).substring(0, 12);
    }

    /** A secret of the sandbox: as predictable as the seed, which is why the sandbox listens on loopback only. */
    synchronized String secret(int length) {
        String alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
        return records.ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }

    private static String hex(Random random) {
        return "%016x".formatted(random.nextLong());
    }
}

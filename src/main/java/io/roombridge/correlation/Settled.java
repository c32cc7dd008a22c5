package io.roombridge.correlation;

import io.roombridge.correlation.Intent.Result;
import java.util.Optional;

/** The result of one intent, to be committed. */
public record Settled(String intentId, Result result, Optional<String> remoteId) {

    public static Settled done(Intent intent, String remoteId) {
        return new Settled(intent.id(), Result.DONE, Optional.of(remoteId));
    }

    public static Settled notDone(Intent intent) {
        return new Settled(intent.id(), Result.NOT_DONE, Optional.empty());
    }

    /** The same intent, whose write turned out to have left nothing behind. */
    public Settled undone() {
        return new Settled(intentId, Result.NOT_DONE, Optional.empty());
    }
}

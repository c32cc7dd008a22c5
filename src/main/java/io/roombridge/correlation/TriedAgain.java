package io.roombridge.correlation;

import org.jdbi.v3.core.Handle;

/**
 * Gives back what is no event to the queue it came from: the schedule that had failed with it takes it up again. Together with
 * the letter's end in one transaction, so that nothing is lost or done twice.
 */
final class TriedAgain {

    private TriedAgain() {}

    static void record(Handle handle, ReplayResult result) {
        DeadLetters.replayed(handle, result);
        DeadLetter letter = result.of().letter();
        if (!result.settled()) {
            return;
        }
        switch (letter.kind()) {
            case NOTE ->
                GatheredNotes.add(
                        handle,
                        new GatheredNote(
                                letter.tenant(),
                                letter.instance(),
                                letter.ticket().orElseThrow(),
                                letter.change(),
                                letter.payload(),
                                result.at()));
            case FILE -> FileJobs.again(handle, letter);
            case ENTRY -> HeardEntries.forget(handle, letter);
            case COMMAND -> PortalOutbox.again(handle, letter);
            case EVENT, RULE -> {
                // An event went through its route, a rule through the ticket: nothing is left to give back.
            }
            default -> throw new IllegalStateException("a letter that cannot be tried again: " + letter.kind());
        }
    }
}

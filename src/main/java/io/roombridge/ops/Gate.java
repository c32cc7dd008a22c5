package io.roombridge.ops;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges a request by what its head says: the name it was sent to, and its token. */
record Gate(HostNames names, AccessToken token, FailedAttempts failed) {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    /**
     * @param from the client's address
     * @param host the header {@code Host}, and {@code authorization} the one of that name
     * @param open whether the endpoint is answered without the token
     * @throws Refusal with the reason, when it is not let in
     */
    void admit(String from, Optional<String> host, Optional<String> authorization, boolean open) {
        if (!names.admit(host)) {
            throw new Refusal(
                    403,
                    "this name is not one of the bridge; ask localhost or an address, or name the host in"
                            + " roombridge.management.hosts");
        }
        if (!open && !token.admits(authorization)) {
            if (failed.tooMany(from)) {
                throw new Refusal(429, "too many wrong tokens; wait a minute");
            }
            LOG.atWarn().addKeyValue("address", from).log("a request of the management API without the right token");
            throw new Refusal(
                    401, "send Authorization: Bearer TOKEN; the token is in management.token in the data directory");
        }
    }
}

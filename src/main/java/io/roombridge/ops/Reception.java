package io.roombridge.ops;

/** Who receives the requests of one port. */
public interface Reception {

    /** In bytes, of a request that was let in; what is longer is not read. */
    int longestBody(Head head);

    /**
     * Judges a request by its head, before its body is read. Called on the thread that reads all connections: quick, without
     * I/O.
     *
     * @return what answers the body
     * @throws Refusal with the reason, when it is not let in
     */
    Visit admit(Head head);

    /** A request that was let in. Its answer may take its time. */
    @FunctionalInterface
    interface Visit {

        /** @throws Refusal with the reason, when it is not carried out */
        Answer answer(byte[] body);

        /** Whom it has to wait for. */
        default Endpoint.Access access() {
            return Endpoint.Access.TOKEN;
        }
    }
}

package io.roombridge.ops;

import io.roombridge.reconcile.Reconcile;
import java.util.List;

/** The comparison of the store with the world, on demand. */
public final class ReconcileEndpoints {

    /** {@code GET}: what differs, changing nothing. {@code POST}: the same, repairing what is safe. */
    public static final String PATH = "/api/v1/reconcile";

    private ReconcileEndpoints() {}

    public static List<Endpoint> of(Reconcile reconcile) {
        return List.of(
                Endpoint.get(PATH, call -> Answer.json(reconcile.compare(false).json())),
                Endpoint.post(PATH, call -> Answer.json(reconcile.repair().json())));
    }
}

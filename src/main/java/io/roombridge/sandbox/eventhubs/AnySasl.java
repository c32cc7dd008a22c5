package io.roombridge.sandbox.eventhubs;

import org.apache.qpid.proton.engine.Sasl;
import org.apache.qpid.proton.engine.SaslListener;
import org.apache.qpid.proton.engine.Transport;

/**
 * A SASL layer that lets everybody in, as the service's does: access is decided later, at {@code $cbs}
 * (facts/eventhubs.md §3.2).
 */
final class AnySasl implements SaslListener {

    private AnySasl() {}

    static void acceptOn(Transport transport) {
        Sasl sasl = transport.sasl();
        sasl.server();
        sasl.setMechanisms("MSSBCBS", "PLAIN", "ANONYMOUS", "EXTERNAL");
        sasl.setListener(new AnySasl());
    }

    @Override
    public void onSaslInit(Sasl sasl, Transport transport) {
        sasl.done(Sasl.PN_SASL_OK);
    }

    @Override
    public void onSaslResponse(Sasl sasl, Transport transport) {}

    @Override
    public void onSaslMechanisms(Sasl sasl, Transport transport) {}

    @Override
    public void onSaslChallenge(Sasl sasl, Transport transport) {}

    @Override
    public void onSaslOutcome(Sasl sasl, Transport transport) {}
}

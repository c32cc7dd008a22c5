package io.roombridge.sandbox.servicenow;

import java.time.Clock;
import java.time.InstantSource;

/**
 * How an embedded ServiceNow is started.
 *
 * @param httpPort 0 for any free port, {@link #OFF} for none
 * @param httpsPort likewise, for the listener with the generated certificate
 * @param clock the time of the server in everything it says and stores
 * @param seed where sys_ids, passwords and secrets come from
 * @param adminPassword empty: made from the seed
 */
public record Setup(int httpPort, int httpsPort, InstantSource clock, long seed, String adminPassword) {

    /** Instead of a port: no such listener. */
    public static final int OFF = -1;

    /** Any free port for http, none for https, the system's clock. */
    public static Setup defaults() {
        return new Setup(0, OFF, Clock.systemUTC(), 1, "");
    }

    public Setup withHttpPort(int port) {
        return new Setup(port, httpsPort, clock, seed, adminPassword);
    }

    public Setup withHttpsPort(int port) {
        return new Setup(httpPort, port, clock, seed, adminPassword);
    }

    public Setup withClock(InstantSource source) {
        return new Setup(httpPort, httpsPort, source, seed, adminPassword);
    }

    public Setup withSeed(long value) {
        return new Setup(httpPort, httpsPort, clock, value, adminPassword);
    }

    public Setup withAdminPassword(String password) {
        return new Setup(httpPort, httpsPort, clock, seed, password);
    }
}

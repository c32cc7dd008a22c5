package io.roombridge.servicenow;

import io.roombridge.tls.Trust;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.InstantSource;

/** Gives each call the header that proves who is calling. */
interface Login {

    /**
     * The header for a call that is made now.
     *
     * @throws ServiceNowFailure when the instance gives no token; nothing was written then
     */
    Authorization authorization();

    /**
     * The instance did not accept this header.
     *
     * @return whether a new one can be had, so that the call is worth a second try
     */
    boolean refused(Authorization used);

    static Login of(InstanceSettings settings, InstantSource clock) {
        if (settings.credentials() instanceof Credentials.Basic basic) {
            return constant(Authorization.basic(basic.user(), basic.password()));
        }
        if (settings.credentials() instanceof Credentials.ApiKey apiKey) {
            return constant(Authorization.apiKey(apiKey.key()));
        }
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .sslContext(Trust.context(settings.caFile()));
        settings.proxy().ifPresent(proxy -> http.proxy(ProxySelector.of(proxy)));
        return new TokenLogin(settings, http.build(), clock);
    }

    private static Login constant(Authorization authorization) {
        return new Login() {
            @Override
            public Authorization authorization() {
                return authorization;
            }

            @Override
            public boolean refused(Authorization used) {
                return false;
            }
        };
    }
}

package io.roombridge.doctor;

import io.roombridge.config.Settings.Instance.Auth;
import io.roombridge.servicenow.Query;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Reason;
import java.util.List;

/** Whether the instance takes the credentials, and lets the user read incidents over REST. One call, two when a token is refused. */
final class SignIn implements Probe {

    private static final String EXPECTED = "the instance takes the integration user's credentials";

    private final Instance instance;

    SignIn(Instance instance) {
        this.instance = instance;
    }

    @Override
    public List<Finding> look() {
        try {
            instance.inspection()
                    .rows("incident", Query.whereStartsWith("correlation_id", "rb-"), 1, List.of("sys_id"));
            return List.of(Finding.green("signed in as " + instance.user() + " with "
                    + word(instance.settings().auth())));
        } catch (ServiceNowFailure failure) {
            return List.of(refused(instance, failure));
        }
    }

    private static Finding refused(Instance instance, ServiceNowFailure failure) {
        if (failure.reason() == Reason.UNAUTHORIZED) {
            return Finding.red(
                    failure.getMessage(), EXPECTED, remedy(instance.settings().auth(), instance, failure.detail()));
        }
        if (failure.detail().contains("Failed API level ACL Validation")) {
            return Finding.red(
                    failure.getMessage(),
                    "the user may use REST",
                    "give it the role snc_platform_rest_api_access (User Administration › Users › Roles)");
        }
        return Refused.finding(failure, "no incident could be read");
    }

    /** What to look at first, by how the bridge signs in. The instance says the same words for every cause. */
    static String remedy(Auth auth, Instance instance, String said) {
        if (said.contains("unscoped")) {
            return "add the auth scope useraccount to the OAuth client (System OAuth › Application Registry › Auth Scopes)";
        }
        return switch (auth) {
            case BASIC ->
                "check " + instance.key("password")
                        + ", whether the user is locked out or inactive (User Administration ›"
                        + " Users), and whether Basic is closed to it: newer instances want the role"
                        + " snc_basic_auth_api_access (glide.authenticate.basic_auth.restriction.active). Better:"
                        + " auth=client-credentials. About six refusals lock the account: do not try often";
            case PASSWORD ->
                "the password grant may be switched off: glide.oauth.inbound.ropc.grant_type.disabled=true, as ServiceNow"
                        + " advises; use " + instance.key("auth") + "=client-credentials. Else check client id, client"
                        + " secret and password";
            case CLIENT_CREDENTIALS ->
                "set glide.oauth.inbound.client.credential.grant_type.enabled=true, set OAuth Application User on the client"
                        + " (System OAuth › Application Registry), and check " + instance.key("client-id") + " and "
                        + instance.key("client-secret");
            case API_KEY ->
                "check " + instance.key("api-key")
                        + ", the inbound authentication profile and the REST API access policies"
                        + " of the Table and the Attachment API (System Web Services › API Access Policies)";
        };
    }

    private static String word(Auth auth) {
        return switch (auth) {
            case BASIC -> "basic authentication";
            case PASSWORD -> "OAuth (password grant)";
            case CLIENT_CREDENTIALS -> "OAuth (client credentials)";
            case API_KEY -> "an API key";
        };
    }
}

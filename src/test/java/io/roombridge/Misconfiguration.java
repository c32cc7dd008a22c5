package io.roombridge;

import io.roombridge.doctor.Level;
import io.roombridge.sandbox.eventhubs.Claim;
import io.roombridge.sandbox.servicenow.Autoclose;
import io.roombridge.sandbox.servicenow.Switches.UnknownQueryField;
import io.roombridge.tls.TestAuthority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One thing that is wrong with a set-up, and how doctor is to find it.
 *
 * @param area where it is found; nothing else is looked at, to save time
 * @param finding the one probe that may be amber or red
 * @param remedy a part of what to do
 */
record Misconfiguration(
        String name, Plant plant, Clock clock, String area, String finding, Level level, String remedy) {

    static final String SERVICENOW = "servicenow main";
    static final String HUB = "hub";

    /** Spoils a healthy set-up. */
    interface Plant {
        void in(ExaminedBed bed) throws Exception;
    }

    static Stream<Misconfiguration> every() {
        return Stream.of(
                red(
                        "the user may not write incidents",
                        bed -> bed.takeRole("itil"),
                        SERVICENOW,
                        "create",
                        "sn_incident_write"),
                red(
                        "the user may not use REST",
                        bed -> {
                            bed.takeRole("itil");
                            bed.takeRole("snc_platform_rest_api_access");
                        },
                        SERVICENOW,
                        "sign-in",
                        "snc_platform_rest_api_access"),
                red(
                        "journals are hidden",
                        bed -> bed.serviceNow().switches().journalsReadable(false),
                        SERVICENOW,
                        "journal",
                        "sys_journal_field"),
                red(
                        "basic authentication is gated",
                        bed -> bed.serviceNow().switches().basicAuthGate(true),
                        SERVICENOW,
                        "sign-in",
                        "snc_basic_auth_api_access"),
                red(
                        "the password grant is switched off",
                        bed -> {
                            bed.byOAuth("password");
                            bed.serviceNow().switches().disabledGrants().add("password");
                        },
                        SERVICENOW,
                        "sign-in",
                        "glide.oauth.inbound.ropc.grant_type.disabled"),
                red(
                        "client credentials are not enabled",
                        bed -> {
                            bed.byOAuth("client-credentials");
                            bed.serviceNow().switches().disabledGrants().add("client_credentials");
                        },
                        SERVICENOW,
                        "sign-in",
                        "glide.oauth.inbound.client.credential.grant_type.enabled"),
                red(
                        "the OAuth client has no scope",
                        bed -> {
                            bed.byOAuth("client-credentials");
                            bed.serviceNow().switches().scopeRequired(true);
                        },
                        SERVICENOW,
                        "sign-in",
                        "useraccount"),
                amber(
                        "the user lives in Berlin",
                        bed -> bed.changeUser("time_zone", "Europe/Berlin"),
                        SERVICENOW,
                        "time zone",
                        "Time zone to GMT"),
                amber(
                        "auto-close counts from the last update",
                        bed -> bed.serviceNow().autocloseAfter(7, Autoclose.Basis.LAST_UPDATE),
                        SERVICENOW,
                        "auto-close",
                        "com.snc.incident.autoclose.basedon.resolved_at=true"),
                amber(
                        "an inactivity monitor touches incidents",
                        bed -> bed.insert(
                                "sysrule_escalate",
                                Map.of("name", "Nobody works on it", "collection", "incident", "active", "true")),
                        SERVICENOW,
                        "auto-close",
                        "Inactivity Monitors"),
                red(
                        "a business rule puts the urgency back",
                        bed -> bed.serviceNow().switches().fieldsPutBack().add("urgency"),
                        SERVICENOW,
                        "business rules",
                        "Business Rules, table incident"),
                red(
                        "the close codes are not the instance's",
                        bed -> bed.set("instances.main.close-codes", "Gelöst"),
                        SERVICENOW,
                        "close codes",
                        "roombridge.instances.main.close-codes"),
                red(
                        "the close code for silence is not the instance's",
                        bed -> bed.set("instances.main.inactivity-close-code", "Schweigen"),
                        SERVICENOW,
                        "close codes",
                        "roombridge.instances.main.inactivity-close-code"),
                red(
                        "ServiceNow's certificate has expired",
                        bed -> {
                            TestAuthority authority = new TestAuthority();
                            bed.servedBy(authority, Instant.now().minus(1, ChronoUnit.HOURS));
                            bed.set(
                                    "instances.main.ca-file",
                                    authority.caFile(bed.folder()).toString());
                        },
                        SERVICENOW,
                        "certificate",
                        "renew it"),
                amber(
                        "ServiceNow's certificate expires within a month",
                        bed -> {
                            TestAuthority authority = new TestAuthority();
                            bed.servedBy(authority, Instant.now().plus(10, ChronoUnit.DAYS));
                            bed.set(
                                    "instances.main.ca-file",
                                    authority.caFile(bed.folder()).toString());
                        },
                        SERVICENOW,
                        "certificate",
                        "renew it"),
                red(
                        "a proxy intercepts TLS",
                        bed -> bed.servedBy(new TestAuthority(), Instant.now().plus(90, ChronoUnit.DAYS)),
                        SERVICENOW,
                        "certificate",
                        "'CN=Test CA' is your company's inspecting proxy"),
                new Misconfiguration(
                        "the clocks differ by five minutes",
                        bed -> {},
                        Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)),
                        SERVICENOW,
                        "clock",
                        Level.RED,
                        "NTP"),
                amber(
                        "a query on an unknown field returns everything",
                        bed -> bed.serviceNow().switches().unknownQueryField(UnknownQueryField.IGNORED),
                        SERVICENOW,
                        "query mode",
                        "glide.invalid_query.returns_no_rows=true"),
                red(
                        "ranges on the time of change are denied",
                        bed -> bed.serviceNow().switches().rangeQueriesDenied().add("sys_updated_on"),
                        SERVICENOW,
                        "polling",
                        "query_range"),
                amber(
                        "text files are refused by their type",
                        bed -> bed.serviceNow().switches().attachmentRules().extensions("png", "zip"),
                        SERVICENOW,
                        "attachments",
                        "add txt to glide.attachment.extensions"),
                amber(
                        "files are refused by their size",
                        bed -> bed.serviceNow().switches().maxAttachmentBytes(100_000),
                        SERVICENOW,
                        "attachments",
                        "com.glide.attachment.max_size"),
                red(
                        "the hourly limit is too low",
                        bed -> bed.serviceNow()
                                .rateRules()
                                .limitUser(
                                        bed.serviceNow()
                                                .accounts()
                                                .integration()
                                                .name(),
                                        150),
                        SERVICENOW,
                        "rate limit",
                        "sys_rate_limit_rules"),
                red(
                        "a field is mandatory at the creation",
                        bed -> bed.serviceNow().switches().mandatoryOnInsert().add("subcategory"),
                        SERVICENOW,
                        "create",
                        "add the field that is named to the mapping file"),
                red(
                        "a field is mandatory at the resolution",
                        bed -> bed.serviceNow().switches().mandatoryOnResolve().add("cmdb_ci"),
                        SERVICENOW,
                        "resolve",
                        "mappings/incident-resolve.jslt"),
                red(
                        "comments may not be written",
                        bed -> bed.serviceNow().switches().unwritableFields().add("comments"),
                        SERVICENOW,
                        "journal",
                        "incident.comments, operation write"),
                red(
                        "a rule aborts writes",
                        bed -> bed.serviceNow()
                                .switches()
                                .abortWrites("No doctors", text -> text.contains("[Roombridge doctor]")),
                        SERVICENOW,
                        "create",
                        "System Definition › Business Rules"),
                red(
                        "the credentials are another user's",
                        bed -> {
                            bed.byOAuth("client-credentials");
                            bed.set("instances.main.user", "beth.anglin");
                        },
                        SERVICENOW,
                        "create",
                        "roombridge.instances.main.user"),
                amber(
                        "the user is an administrator",
                        bed -> bed.giveRole("admin"),
                        SERVICENOW,
                        "roles",
                        "take it away"),
                amber(
                        "Microsoft's own integration writes tickets too",
                        bed -> {
                            for (int ticket = 0; ticket < 3; ticket++) {
                                bed.serviceNow()
                                        .desk()
                                        .as("fred.luddy")
                                        .insert(
                                                "incident",
                                                Map.of("short_description", "Teams Room offline " + ticket));
                            }
                        },
                        SERVICENOW,
                        "other integrations",
                        "Microsoft's own integration"),
                amber(
                        "a second bridge writes tickets",
                        bed -> bed.serviceNow()
                                .desk()
                                .as("fred.luddy")
                                .insert("incident", Map.of("correlation_id", "rb-" + "0".repeat(40))),
                        SERVICENOW,
                        "other integrations",
                        "second bridge"),
                red(
                        "the consumer group is missing",
                        bed -> bed.set("hub.consumer-group", "somebody"),
                        HUB,
                        "consumer group",
                        "roombridge.hub.consumer-group"),
                red(
                        "the key may listen and not send",
                        bed -> bed.hubs().faults().withhold(Claim.SEND),
                        HUB,
                        "commands",
                        "the claim Send"),
                red(
                        "the key may send and not listen",
                        bed -> bed.hubs().faults().withhold(Claim.LISTEN),
                        HUB,
                        "consumer group",
                        "the claim Listen"),
                red(
                        "the hub's name is wrong",
                        bed -> bed.set(
                                "hub.connection-string",
                                bed.hubs().connectionString("portal-events").replace("portal-events", "portal-event")),
                        HUB,
                        "events",
                        "roombridge.hub.events"),
                red(
                        "the hub of commands is missing",
                        bed -> bed.set("hub.commands", "commands"),
                        HUB,
                        "commands",
                        "roombridge.hub.commands"),
                red(
                        "the hub's key is wrong",
                        bed -> bed.set(
                                        "hub.connection-string",
                                        bed.hubs()
                                                .connectionString("portal-events")
                                                .replace("SANDBOX_KEY", "guessed"))
                                .set(
                                        "hub.commands-connection-string",
                                        bed.hubs().connectionString("portal-commands")),
                        HUB,
                        "events",
                        "roombridge.hub.connection-string"),
                red(
                        "the hub's certificate is not trusted",
                        bed -> bed.hubBehind(new TestAuthority()),
                        HUB,
                        "certificate",
                        "roombridge.tls.ca-file"));
    }

    private static Misconfiguration red(String name, Plant plant, String area, String finding, String remedy) {
        return new Misconfiguration(name, plant, Clock.systemUTC(), area, finding, Level.RED, remedy);
    }

    private static Misconfiguration amber(String name, Plant plant, String area, String finding, String remedy) {
        return new Misconfiguration(name, plant, Clock.systemUTC(), area, finding, Level.AMBER, remedy);
    }

    @Override
    public String toString() {
        return name;
    }
}

package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.roombridge.sandbox.servicenow.Accounts;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RecordedRequest;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.sandbox.servicenow.Setup;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import io.roombridge.ticket.TicketId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gateway against an instance with semantics: what was asked for is there afterwards, and exactly once. */
class ServiceNowGatewayTest {

    private static final TicketId TICKET = new TicketId("rb-0123456789abcdef0123456789abcdef01234567");
    private static final Map<String, String> FIELDS = Map.of(
            "correlation_id", TICKET.value(),
            "short_description", "Camera is missing: 50 % ^ %5E, Zürich",
            "impact", "3",
            "urgency", "1");

    private static DefaultCamelContext camel;

    private final TestClock clock = new TestClock();
    private final EmbeddedServiceNow instance =
            EmbeddedServiceNow.start(Setup.defaults().withHttpsPort(0).withClock(clock));

    @TempDir
    private Path folder;

    @BeforeAll
    static void startCamel() {
        camel = new DefaultCamelContext();
        camel.start();
    }

    @AfterAll
    static void stopCamel() {
        camel.stop();
    }

    @AfterEach
    void closeInstance() {
        instance.close();
    }

    @Test
    void anIncidentIsCreatedCommentedAndResolvedWithOneCallEach() {
        try (ServiceNowGateway gateway = gateway(basic())) {
            // When
            IncidentRecord created = gateway.create(FIELDS);
            clock.advance(Duration.ofSeconds(90));
            IncidentRecord commented = gateway.update(created.sysId(), Map.of("comments", "First %41 ^ line"));
            clock.advance(Duration.ofSeconds(90));
            IncidentRecord resolved = gateway.update(
                    created.sysId(),
                    Map.of(
                            "state", IncidentState.RESOLVED.value(),
                            "close_code", "Solution provided",
                            "close_notes", "Healthy again.",
                            "work_notes", "Second"));

            // Then
            assertThat(created.state()).contains(IncidentState.NEW);
            assertThat(created.priority()).isEqualTo("3");
            assertThat(created.shortDescription()).isEqualTo(FIELDS.get("short_description"));
            assertThat(created.createdOn()).contains(clock.instant().minusSeconds(180));
            assertThat(commented.modCount()).isGreaterThan(created.modCount());
            assertThat(resolved.state()).contains(IncidentState.RESOLVED);
            assertThat(resolved.closeCode()).isEqualTo("Solution provided");
            assertThat(resolved.active()).isTrue();
            assertThat(resolved.updatedOn()).contains(clock.instant());
            assertThat(instance.requests().all())
                    .extracting(RecordedRequest::method)
                    .containsExactly("POST", "PATCH", "PATCH");
            assertThat(gateway.journal(created.sysId(), 10))
                    .extracting(JournalEntry::element, JournalEntry::value, JournalEntry::createdBy)
                    .containsExactly(
                            tuple("work_notes", "Second", Accounts.INTEGRATION_USER),
                            tuple("comments", "First %41 ^ line", Accounts.INTEGRATION_USER));
            assertThat(gateway.journal(created.sysId(), List.of("comments"), 10))
                    .hasSize(1);
            assertThat(gateway.journal(created.sysId(), 1)).hasSize(1);
        }
    }

    @Test
    void allIncidentsOfATicketAreFoundOldestFirstInEveryState() {
        try (ServiceNowGateway gateway = gateway(basic())) {
            // Given
            IncidentRecord first = gateway.create(FIELDS);
            instance.desk().as("beth.anglin").cancel(first.sysId(), "Duplicate");
            clock.advance(Duration.ofDays(1));
            IncidentRecord second = gateway.create(FIELDS);
            gateway.create(Map.of("correlation_id", "rb-another", "short_description", "x"));

            // When
            List<IncidentRecord> found = gateway.findByCorrelation(TICKET);

            // Then
            assertThat(found).extracting(IncidentRecord::sysId).containsExactly(first.sysId(), second.sysId());
            assertThat(found.get(0).state()).contains(IncidentState.CANCELED);
            assertThat(gateway.findByCorrelation(new TicketId("rb-" + "f".repeat(40))))
                    .isEmpty();
        }
    }

    @Test
    void aDeletedIncidentIsEmptyToReadAndGoneToWrite() {
        try (ServiceNowGateway gateway = gateway(basic())) {
            // Given
            String sysId = gateway.create(FIELDS).sysId();
            assertThat(gateway.read(sysId)).isPresent();
            instance.desk().as("admin").delete(sysId);

            // When
            ServiceNowFailure failure = catchThrowableOfType(
                    ServiceNowFailure.class, () -> gateway.update(sysId, Map.of("comments", "Hello")));

            // Then
            assertThat(gateway.read(sysId)).isEmpty();
            assertThat(failure.reason()).isEqualTo(Reason.RECORD_GONE);
            assertThat(failure.permanent()).isTrue();
        }
    }

    @Test
    void listsOfTheInstanceAreReadAsTheyAre() {
        try (ServiceNowGateway gateway = gateway(basic())) {
            assertThat(gateway.choices("incident", "close_code")).contains("Solution provided", "Known error");
            assertThat(gateway.choices("incident", "no_such_field")).isEmpty();
            assertThat(gateway.fieldLengths(List.of("short_description", "correlation_id")))
                    .containsEntry("short_description", 160)
                    .containsEntry("correlation_id", 100);
            assertThat(gateway.named("sys_user_group", "name", "AV Field Services"))
                    .extracting(NamedRecord::sysId)
                    .containsExactly(instance.desk()
                            .find("sys_user_group", "name", "AV Field Services")
                            .orElseThrow());
            assertThat(gateway.named("sys_user_group", "name", "No such group")).isEmpty();
        }
    }

    @Test
    void noValueCanWidenALookUp() {
        String group = "50% of ^ORname=Software and %5EORname=Software";
        instance.desk().as("admin").insert("sys_user_group", Map.of("name", group, "active", "true"));
        try (ServiceNowGateway gateway = gateway(basic())) {
            assertThat(gateway.named("sys_user_group", "name", group)).hasSize(1);
            assertThat(gateway.named("sys_user_group", "name", "x^ORname=Software"))
                    .isEmpty();
            assertThat(gateway.named("sys_user_group", "name", "x%5EORname=Software"))
                    .isEmpty();
            assertThat(gateway.count("sys_user_group", Query.where("name", "x%5EORname=Software")))
                    .isZero();
            assertThat(gateway.count("sys_user_group", Query.where("name", "Software")))
                    .isEqualTo(1);
        }
    }

    @Test
    void everyKindOfCredentialIsTheIntegrationUser() {
        var client = instance.accounts().oauthClient();
        var user = instance.accounts().integration();
        List<Credentials> kinds = List.of(
                basic(),
                new Credentials.ClientCredentials(client.name(), client.password(), ""),
                new Credentials.Password(client.name(), client.password(), user.name(), user.password(), ""),
                new Credentials.ApiKey(instance.accounts().apiKey()));
        for (Credentials credentials : kinds) {
            try (ServiceNowGateway gateway = gateway(credentials)) {
                // When
                String sysId = gateway.create(Map.of("short_description", "x")).sysId();

                // Then
                assertThat(instance.desk().incident(sysId).orElseThrow().field("sys_created_by"))
                        .as(credentials.toString())
                        .isEqualTo(Accounts.INTEGRATION_USER);
            }
        }
    }

    @Test
    void tokensAreRenewedAgainAndAgainWithoutARefusal() {
        var client = instance.accounts().oauthClient();
        var user = instance.accounts().integration();
        instance.switches().scopeRequired(true);
        try (ServiceNowGateway gateway = gateway(new Credentials.Password(
                client.name(), client.password(), user.name(), user.password(), "useraccount"))) {
            // When
            for (int minute = 0; minute < 3 * 60; minute++) {
                gateway.choices("incident", "state");
                clock.advance(Duration.ofMinutes(1));
            }

            // Then
            assertThat(instance.requests().where(request -> request.status() != 200))
                    .isEmpty();
            assertThat(instance.requests().where(request -> request.path().equals("/oauth_token.do")))
                    .hasSizeBetween(6, 12);
        }
    }

    @Test
    void aGrantThatIsSwitchedOffIsAFaultOfTheCredentials() {
        var client = instance.accounts().oauthClient();
        instance.switches().disabledGrants().add("client_credentials");
        try (ServiceNowGateway gateway =
                gateway(new Credentials.ClientCredentials(client.name(), client.password(), ""))) {
            // When
            ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, () -> gateway.create(FIELDS));

            // Then
            assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(failure.nothingWritten()).isTrue();
            assertThat(failure.getMessage()).doesNotContain(client.password());
        }
    }

    @Test
    void aWrongPasswordDoesNotLockTheAccount() {
        var user = instance.accounts().integration();
        try (ServiceNowGateway wrong = gateway(new Credentials.Basic(user.name(), "wrong"))) {
            for (int second = 0; second < 600; second++) {
                catchThrowableOfType(ServiceNowFailure.class, () -> wrong.choices("incident", "state"));
                clock.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(instance.requests().total()).isEqualTo(2);

        try (ServiceNowGateway right = gateway(basic())) {
            assertThat(right.choices("incident", "state")).isNotEmpty();
        }
    }

    @Test
    void overTlsEveryVerbWorksWithTheInstancesOwnAuthority() throws Exception {
        Path caFile = Files.writeString(folder.resolve("ca.pem"), instance.caPem());
        InstanceSettings settings =
                InstanceSettings.of("test", instance.httpsUrl(), basic()).withCaFile(caFile);
        try (ServiceNowGateway gateway = new ServiceNowGateway(camel, settings, clock, () -> 0)) {
            // When
            String sysId = gateway.create(FIELDS).sysId();
            gateway.update(sysId, Map.of("state", "2"));

            // Then
            assertThat(gateway.read(sysId).orElseThrow().state()).contains(IncidentState.IN_PROGRESS);
            assertThat(instance.requests().total()).isEqualTo(3);
        }
    }

    static Stream<Arguments> faultsOfACreate() {
        return Stream.of(
                Arguments.of(Fault.timeoutBeforeCommit(), Reason.AMBIGUOUS, Scope.CHANGE, true, 0),
                Arguments.of(Fault.timeoutAfterCommit(), Reason.AMBIGUOUS, Scope.CHANGE, true, 1),
                Arguments.of(Fault.connectionReset(), Reason.AMBIGUOUS, Scope.CHANGE, true, 0),
                Arguments.of(Fault.truncated(), Reason.AMBIGUOUS, Scope.CHANGE, true, 1),
                Arguments.of(Fault.resultThenError(), Reason.AMBIGUOUS, Scope.CHANGE, true, 1),
                Arguments.of(Fault.maximumExecutionTime(), Reason.UNAVAILABLE, Scope.CHANGE, true, 0),
                Arguments.of(Fault.hibernating(), Reason.UNAVAILABLE, Scope.INSTANCE, true, 0),
                Arguments.of(Fault.htmlPage(502), Reason.UNAVAILABLE, Scope.INSTANCE, true, 0),
                Arguments.of(Fault.accepted(), Reason.NOT_EXECUTED, Scope.INSTANCE, false, 0),
                Arguments.of(Fault.queueFull(), Reason.RATE_LIMITED, Scope.INSTANCE, false, 0),
                Arguments.of(Fault.rateLimited(Duration.ofSeconds(9)), Reason.RATE_LIMITED, Scope.INSTANCE, false, 0),
                Arguments.of(Fault.unauthorized(), Reason.UNAUTHORIZED, Scope.INSTANCE, false, 0),
                Arguments.of(Fault.apiLevelAcl(), Reason.REFUSED_BY_ACL, Scope.CHANGE, false, 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfACreate")
    void whatIsSaidToBeUnwrittenIsUnwrittenAndEveryPostIsSentOnce(
            Fault fault, Reason reason, Scope scope, boolean ambiguous, int written) {
        instance.faults().on(RequestMatcher.method("POST")).next(1, fault);
        InstanceSettings settings =
                InstanceSettings.of("test", instance.url(), basic()).withRecordsTimeout(Duration.ofSeconds(1));
        try (ServiceNowGateway gateway = new ServiceNowGateway(camel, settings, clock, () -> 0)) {
            // When
            ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, () -> gateway.create(FIELDS));

            // Then
            assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
            assertThat(failure.scope()).contains(scope);
            assertThat(failure.ambiguous()).isEqualTo(ambiguous);
            assertThat(instance.requests().total()).isEqualTo(1);
            assertThat(instance.desk().correlatedTo(TICKET.value())).hasSize(written);
        }
    }

    @Test
    void anAnswerThatComesTooLateIsAWriteThatMayHaveBeenDone() {
        instance.faults().on(RequestMatcher.method("POST")).next(1, Fault.slow(Duration.ofMinutes(1)));
        InstanceSettings settings =
                InstanceSettings.of("test", instance.url(), basic()).withRecordsTimeout(Duration.ofSeconds(2));
        try (ServiceNowGateway gateway = new ServiceNowGateway(camel, settings, clock, () -> 0)) {
            // When
            ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, () -> gateway.create(FIELDS));

            // Then
            assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(failure.ambiguous()).isTrue();
            assertThat(instance.desk().correlatedTo(TICKET.value())).hasSize(1);
        }
    }

    @Test
    void aPolicyThatRefusesIsToldInItsOwnWords() {
        try (ServiceNowGateway gateway = gateway(basic())) {
            // Given
            String sysId = gateway.create(FIELDS).sysId();

            // When
            ServiceNowFailure policy = catchThrowableOfType(
                    ServiceNowFailure.class,
                    () -> gateway.update(
                            sysId, Map.of("state", "6", "close_code", "No such code", "close_notes", "x")));
            instance.switches().abortWrites("No eicar", text -> text.contains("EICAR"));
            ServiceNowFailure rule = catchThrowableOfType(
                    ServiceNowFailure.class, () -> gateway.update(sysId, Map.of("work_notes", "EICAR")));

            // Then
            assertThat(policy.reason()).isEqualTo(Reason.REFUSED_BY_POLICY);
            assertThat(policy.detail()).contains("The following fields are mandatory: Resolution code");
            assertThat(rule.reason()).isEqualTo(Reason.REFUSED_BY_RULE);
            assertThat(rule.detail()).contains("No eicar");
            assertThat(gateway.read(sysId).orElseThrow().state()).contains(IncidentState.NEW);
        }
    }

    @Test
    void theLastCallsOfTheHourAreKeptForCreates() {
        instance.rateRules().limitUser(Accounts.INTEGRATION_USER, 20);
        try (ServiceNowGateway gateway = gateway(basic())) {
            // Given: somebody reads as much as he can
            for (int call = 0; call < 40; call++) {
                catchThrowableOfType(ServiceNowFailure.class, () -> gateway.choices("incident", "state"));
            }

            // When
            gateway.create(FIELDS);
            gateway.create(FIELDS);
            ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, () -> gateway.create(FIELDS));

            // Then: the instance never had to refuse
            assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
            assertThat(instance.requests().where(request -> request.status() == 429))
                    .isEmpty();
            assertThat(instance.requests().total()).isEqualTo(20);
        }
    }

    private Credentials basic() {
        var user = instance.accounts().integration();
        return new Credentials.Basic(user.name(), user.password());
    }

    private ServiceNowGateway gateway(Credentials credentials) {
        return new ServiceNowGateway(camel, InstanceSettings.of("test", instance.url(), credentials), clock, () -> 0);
    }
}

package io.roombridge.sandbox.servicenow;

import java.net.URI;
import java.util.Optional;

/**
 * A ServiceNow instance inside this process: real HTTP on loopback, everything in memory, gone when it is closed.
 *
 * <p>Real clients of ServiceNow work against it unchanged; what is known of a real instance and how certainly is written
 * in the checklist that its tests follow (facts/servicenow.md §11). It is never reachable from another machine.
 */
public final class EmbeddedServiceNow implements AutoCloseable {

    private final Switches switches = new Switches();
    private final Faults faults = new Faults();
    private final RequestLog requests = new RequestLog();
    private final History history = new History();
    private final Certificates certificates = new Certificates();
    private final Transactions transactions;
    private final Accounts accounts;
    private final Seeds seeds;
    private final Desk desk;
    private final RateRules rates;
    private final HttpFace http;
    private final int httpPort;
    private final int httpsPort;

    /** Starts listening before it returns. */
    public static EmbeddedServiceNow start(Setup setup) {
        return new EmbeddedServiceNow(setup);
    }

    private EmbeddedServiceNow(Setup setup) {
        Ids ids = new Ids(setup.seed());
        accounts = new Accounts(setup, ids);
        transactions = new Transactions(setup.clock());
        rates = new RateRules(ids);

        // The data and its rules
        Tables tables = new Tables(new Dictionary());
        Choices choices = new Choices(tables);
        Journals journals = new Journals(tables, ids);
        FieldInput input = new FieldInput(tables, choices, switches);
        Records records = new Records(tables, input, new Incidents(switches), journals, switches, history, ids);
        Attachments attachments = new Attachments(tables, records, transactions, switches);
        People people = new People(tables, accounts);
        desk = new Desk(transactions, tables, records, journals, attachments, people);
        seeds = new Seeds(tables, ids, setup.clock().instant());
        seeds.plant(accounts);

        // The APIs
        DisplayValues display = new DisplayValues(tables, choices, journals);
        Search search = new Search(tables, display, switches);
        Acl acl = new Acl(switches);
        Tokens tokens = new Tokens(ids);
        Login login = new Login(people, accounts, tokens, switches);
        Api api = new Api(
                login,
                new OAuth(tokens, people, accounts, switches),
                rates,
                new TableApi(tables, records, search, display, acl),
                new AttachmentApi(tables, attachments, search, acl, switches),
                new AggregateApi(tables, search, acl),
                new BatchApi(switches),
                new DeskPage(tables, display, journals),
                switches);

        http = new HttpFace(new Instance(transactions, api, login, faults, requests, ids));
        httpPort = setup.httpPort() == Setup.OFF ? Setup.OFF : http.listen(setup.httpPort(), Optional.empty());
        httpsPort = setup.httpsPort() == Setup.OFF
                ? Setup.OFF
                : http.listen(setup.httpsPort(), Optional.of(certificates.server()));
    }

    /** Where it listens, for example {@code http://127.0.0.1:8080}. */
    public URI url() {
        return address("http", httpPort);
    }

    /** Where it listens with TLS; the certificate is signed by {@link #caPem()}. */
    public URI httpsUrl() {
        return address("https", httpsPort);
    }

    /** The certificate of the authority, for the trust store of a client. */
    public String caPem() {
        return certificates.caPem();
    }

    public Accounts accounts() {
        return accounts;
    }

    public Desk desk() {
        return desk;
    }

    public History history() {
        return history;
    }

    public RequestLog requests() {
        return requests;
    }

    public Faults faults() {
        return faults;
    }

    public Switches switches() {
        return switches;
    }

    public RateRules rateRules() {
        return rates;
    }

    /** The resolution codes of older instances instead of those of newer ones. */
    public void legacyCloseCodes() {
        transactions.run(now -> {
            seeds.closeCodes("legacy");
            return now;
        });
    }

    /** Lets everything happen that is due by the clock: late commits, ends of virus scans. Requests do so too. */
    public void tick() {
        transactions.run(now -> now);
    }

    @Override
    public void close() {
        http.close();
    }

    private static URI address(String scheme, int port) {
        if (port == Setup.OFF) {
            throw new IllegalStateException("the embedded ServiceNow was started without " + scheme);
        }
        return URI.create(scheme + "://127.0.0.1:" + port);
    }
}

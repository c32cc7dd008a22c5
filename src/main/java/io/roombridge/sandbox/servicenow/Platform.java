package io.roombridge.sandbox.servicenow;

/**
 * The data of an instance with everything that reads and writes it, put together once. The APIs and the desk are two
 * ways to the same platform.
 */
final class Platform {

    final Switches switches = new Switches();
    final DiskFiles files = new DiskFiles();
    final History history = new History();
    final Tables tables = new Tables(new Dictionary());
    final Ids ids;
    final Transactions transactions;
    final Accounts accounts;
    final Tokens tokens;
    final People people;
    final Journals journals;
    final DisplayValues display;
    final Records records;
    final Attachments attachments;
    final Search search;
    final Acl acl;
    final Seeds seeds;
    final Autoclose autoclose;

    Platform(Setup setup) {
        ids = new Ids(setup.seed());
        transactions = new Transactions(setup.clock());
        accounts = new Accounts(setup, ids);
        tokens = new Tokens(ids);
        people = new People(tables, accounts);
        journals = new Journals(tables, ids, switches);
        Choices choices = new Choices(tables);
        FieldInput input = new FieldInput(tables, choices, switches);
        display = new DisplayValues(tables, choices, journals, switches);
        records = new Records(tables, input, new Incidents(switches), journals, switches, history, ids);
        attachments = new Attachments(tables, records, transactions, switches, files);
        search = new Search(tables, display, switches);
        acl = new Acl(switches);
        seeds = new Seeds(tables, ids, setup.clock().instant());
        seeds.plant(accounts);
        autoclose = new Autoclose(tables, records);
    }
}

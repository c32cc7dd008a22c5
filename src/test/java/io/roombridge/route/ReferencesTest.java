package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.mapping.Accounts;
import io.roombridge.mapping.Reference;
import io.roombridge.route.References.Answer;
import io.roombridge.servicenow.NamedRecord;
import io.roombridge.servicenow.ServiceNowGateway;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which record a name means, and which it does not. */
class ReferencesTest {

    private static final Accounts NOBODY = new Accounts(Optional.empty(), Set.of());
    private static final NamedRecord GROUP = new NamedRecord("a".repeat(32), true, Set.of());
    private static final NamedRecord RETIRED = new NamedRecord("b".repeat(32), false, Set.of());

    private final Map<String, List<NamedRecord>> instance = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    @Test
    void exactlyOneActiveRecordIsTaken() {
        instance.put("sys_user_group.name=AV", List.of(RETIRED, GROUP));

        Answer answer = find(group("AV"), NOBODY);

        assertThat(answer.sysId()).contains(GROUP.sysId());
        assertThat(answer.remark("assignment_group")).isEmpty();
    }

    @Test
    void oneOfTwoIsNeverGuessed() {
        instance.put("sys_user_group.name=AV", List.of(GROUP, new NamedRecord("c".repeat(32), true, Set.of())));

        assertThat(find(group("AV"), NOBODY).sysId()).isEmpty();
        assertThat(find(group("AV"), NOBODY).remark("assignment_group"))
                .contains("assignment_group: sys_user_group with name 'AV': there are several; left empty");
    }

    @Test
    void aRecordThatIsNotInUseIsNone() {
        instance.put("sys_user_group.name=AV", List.of(RETIRED));

        assertThat(find(group("AV"), NOBODY).remark("assignment_group"))
                .contains("assignment_group: sys_user_group with name 'AV': there is none in use; left empty");
    }

    @Test
    void behindAFullPageOfRetiredNamesakesThereMayBeMoreThanOneInUse() {
        List<NamedRecord> page = new ArrayList<>(Collections.nCopies(ServiceNowGateway.MOST_NAMESAKES - 1, RETIRED));
        page.add(GROUP);
        instance.put("sys_user_group.name=AV", page);

        assertThat(find(group("AV"), NOBODY).sysId()).isEmpty();
    }

    @Test
    void theDefaultTakesThePlaceOfWhatIsNotThere() {
        instance.put("sys_user_group.name=Service Desk", List.of(GROUP));
        Reference wanted = new Reference("sys_user_group", "name", "AV", Optional.of(group("Service Desk")));

        Answer answer = find(wanted, NOBODY);

        assertThat(answer.sysId()).contains(GROUP.sysId());
        assertThat(answer.remark("assignment_group"))
                .contains("assignment_group: sys_user_group with name 'AV': there is none in use; taken instead:"
                        + " sys_user_group with name 'Service Desk'");
    }

    @Test
    void whatTheInstanceDoesNotTellIsLeftOut() {
        Answer answer = References.find(group("AV"), NOBODY, "roombridge", (table, field, value) -> Optional.empty());

        assertThat(answer.sysId()).isEmpty();
        assertThat(answer.misses()).extracting(References.Miss::why).containsExactly(References.Why.UNREADABLE);
    }

    @Test
    void theIntegrationUserIsNobodysCaller() {
        instance.put("sys_user.user_name=Roombridge", List.of(user("Roombridge", "bridge@contoso.example")));

        assertThat(find(caller("Roombridge"), NOBODY).sysId()).isEmpty();
    }

    @Test
    void theAccountOfTheRoomIsNobodysCaller() {
        Accounts room = new Accounts(Optional.empty(), Set.of("berlin-4-12@contoso.example"));
        instance.put("sys_user.user_name=berlin-4-12", List.of(user("berlin-4-12", "")));
        instance.put("sys_user.user_name=mtr", List.of(user("mtr", "berlin-4-12@contoso.example")));
        instance.put("sys_user.user_name=berlin", List.of(user("berlin", "berlin@contoso.example")));

        assertThat(find(caller("berlin-4-12"), room).sysId()).isEmpty();
        assertThat(find(caller("mtr"), room).sysId()).isEmpty();
        assertThat(find(caller("berlin"), room).sysId()).isPresent();
    }

    @Test
    void aReporterIsAskedForByTheAddressOfTheEventAndNamedWithoutIt() {
        Accounts accounts = new Accounts(Optional.of("megan@contoso.example"), Set.of());
        Reference reporter = new Reference("sys_user", "email", Reference.REPORTER, Optional.of(caller("contact")));
        instance.put("sys_user.user_name=contact", List.of(user("contact", "")));

        Answer answer = find(reporter, accounts);

        assertThat(asked).containsExactly("sys_user.email=megan@contoso.example", "sys_user.user_name=contact");
        assertThat(answer.remark("caller_id"))
                .contains("caller_id: sys_user with the reporter's email: there is none in use; taken instead: sys_user"
                        + " with user_name 'contact'");
    }

    @Test
    void aRecordingThatNamesNobodyIsNoMiss() {
        instance.put("sys_user.user_name=contact", List.of(user("contact", "")));
        Reference reporter = new Reference("sys_user", "email", Reference.REPORTER, Optional.of(caller("contact")));

        Answer answer = find(reporter, NOBODY);

        assertThat(answer.sysId()).isPresent();
        assertThat(answer.remark("caller_id")).isEmpty();
    }

    private Answer find(Reference wanted, Accounts accounts) {
        return References.find(wanted, accounts, "roombridge", (table, field, value) -> {
            asked.add(table + "." + field + "=" + value);
            return Optional.of(instance.getOrDefault(table + "." + field + "=" + value, List.of()));
        });
    }

    private static Reference group(String name) {
        return new Reference("sys_user_group", "name", name);
    }

    private static Reference caller(String userName) {
        return new Reference("sys_user", "user_name", userName);
    }

    private static NamedRecord user(String... accounts) {
        return new NamedRecord("d".repeat(32), true, Set.of(accounts));
    }
}

package io.roombridge;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;

/** The arrows of the house (docs/rationale.md, "The house"): they point one way, and Camel stays at the edge. */
@AnalyzeClasses(packages = "io.roombridge", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    private static final DescribedPredicate<JavaClass> THE_BRIDGE = resideInAPackage("io.roombridge..")
            .and(DescribedPredicate.not(resideInAPackage("io.roombridge.sandbox..")))
            .as("the bridge");

    @ArchTest
    static final ArchRule arrowsPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("language")
            .definedBy(
                    "io.roombridge.ticket..",
                    "io.roombridge.config..",
                    "io.roombridge.tls..",
                    "io.roombridge.log..",
                    "io.roombridge.trace..")
            .layer("rules")
            .definedBy(
                    "io.roombridge.admission..",
                    "io.roombridge.adoption..",
                    "io.roombridge.mapping..",
                    "io.roombridge.closing..",
                    "io.roombridge.conversation..",
                    "io.roombridge.portal..",
                    "io.roombridge.privacy..")
            .layer("edges")
            .definedBy(
                    "io.roombridge.correlation..",
                    "io.roombridge.files..",
                    "io.roombridge.servicenow..",
                    "io.roombridge.eventhubs..")
            .layer("story")
            .definedBy(
                    "io.roombridge.rooms..",
                    "io.roombridge.route..",
                    "io.roombridge.rebuild..",
                    "io.roombridge.reconcile..",
                    "io.roombridge.report..",
                    "io.roombridge.doctor..",
                    "io.roombridge.watch..",
                    "io.roombridge.hooks..",
                    "io.roombridge.ops..")
            .layer("plays")
            .definedBy("io.roombridge.play..")
            .layer("house")
            .definedBy("io.roombridge")
            .whereLayer("house")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("plays")
            .mayOnlyBeAccessedByLayers("house")
            .whereLayer("story")
            .mayOnlyBeAccessedByLayers("plays", "house")
            .whereLayer("edges")
            .mayOnlyBeAccessedByLayers("story", "plays", "house")
            .whereLayer("rules")
            .mayOnlyBeAccessedByLayers("edges", "story", "plays", "house");

    @ArchTest
    static final ArchRule theLanguageKnowsNothingElse = noClasses()
            .that()
            .resideInAPackage("io.roombridge.ticket..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.apache.camel..",
                    "com.fasterxml..",
                    "com.azure..",
                    "com.hazelcast..",
                    "org.jdbi..",
                    "java.sql.."));

    @ArchTest
    static final ArchRule theSandboxDoesNotTestTheBridgeWithItself = noClasses()
            .that()
            .resideInAPackage("io.roombridge.sandbox..")
            .should()
            .dependOnClassesThat(THE_BRIDGE);

    @ArchTest
    static final ArchRule camelStaysAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.roombridge.servicenow..",
                    "io.roombridge.eventhubs..",
                    "io.roombridge.route..",
                    "io.roombridge.watch..",
                    "io.roombridge.ops..",
                    "io.roombridge")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.camel.."));

    @ArchTest
    static final ArchRule nobodyReadsTheClockBehindOurBack = noClasses()
            .that()
            .areNotAssignableTo(Clock.class)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = classes()
            .should()
            .haveNameNotMatching(".*(Manager|Utils?|Impl|Helper|Dto)$")
            .andShould()
            .resideOutsideOfPackages(
                    "..util..", "..common..", "..core..", "..impl..", "..service..", "..model..", "..dto..");
}

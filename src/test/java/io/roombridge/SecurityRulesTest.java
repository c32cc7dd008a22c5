package io.roombridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.TrustManager;

/** What the code of the bridge never does, because everything that it reads was written by somebody else. */
@AnalyzeClasses(packages = "io.roombridge", importOptions = ImportOption.DoNotIncludeTests.class)
class SecurityRulesTest {

    /** Contents of files are bytes that pass; there is no format of XML in any contract. */
    @ArchTest
    static final ArchRule xmlIsNeverParsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.xml..", "jakarta.xml..", "org.w3c.dom..", "org.xml.sax..");

    @ArchTest
    static final ArchRule javaObjectsAreNeverRead =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

    @ArchTest
    static final ArchRule nothingIsExecuted = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.script..");

    /** Nobody decides by himself whom to trust. The witness of doctor only writes down what the platform judges. */
    @ArchTest
    static final ArchRule certificatesAndNamesAreCheckedByThePlatform = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.roombridge.tls.Presented$Witness")
            .should()
            .implement(TrustManager.class)
            .orShould()
            .implement(HostnameVerifier.class)
            .orShould()
            .callMethod("org.apache.cxf.configuration.jsse.TLSClientParameters", "setDisableCNCheck", "boolean");
}

package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.ops.Endpoint;
import io.roombridge.ops.HealthEndpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** config/kubernetes: every field exists, what is referred to is there, and the settings are good. Not run by a Kubernetes. */
class KubernetesManifestsTest {

    private static final Path FOLDER = Path.of("config/kubernetes");
    private static final String SECRETS = "/etc/roombridge/secrets/";
    private static final Map<String, Class<?>> KINDS = Map.of(
            "apps/v1 Deployment", Deployment.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "v1 ConfigMap", ConfigMap.class,
            "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
            "v1 Secret", Secret.class,
            "v1 Service", Service.class,
            "v1 ServiceAccount", ServiceAccount.class);

    /** Without the model's own leniency: it keeps fields that it does not know. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .build();

    @TempDir
    Path secrets;

    @ParameterizedTest
    @ValueSource(strings = {"one-node", "cluster"})
    void everyFieldIsOneOfTheSchema(String overlay) {
        assertThat(resources(overlay))
                .hasSizeGreaterThan(4)
                .allSatisfy(resource -> assertThatCode(() -> typed(resource)).doesNotThrowAnyException());
        assertThatCode(() -> typed(secret())).doesNotThrowAnyException();
    }

    @Test
    void aFieldThatThereIsNotIsNoticed() {
        ObjectNode deployment = one("one-node", "Deployment");
        ((ObjectNode) deployment.at("/spec/template/spec")).put("terminationGracePeriod", 40);

        assertThatThrownBy(() -> typed(deployment)).isInstanceOf(UnrecognizedPropertyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-node", "cluster"})
    void everyNameThatIsReferredToIsThere(String overlay) {
        JsonNode pod = pod(overlay);

        assertThat(pod.path("serviceAccountName")).isEqualTo(name(one(overlay, "ServiceAccount")));
        assertThat(pod.at("/volumes").findValues("configMap"))
                .extracting(volume -> volume.path("name"))
                .containsExactly(name(one(overlay, "ConfigMap")));
        assertThat(pod.findValues("secretName")).containsExactly(name(secret()));
        assertThat(pod.findValues("claimName"))
                .isEqualTo(all(overlay, "PersistentVolumeClaim")
                        .map(KubernetesManifestsTest::name)
                        .toList());
        assertThat(values(pod.path("volumes"), "name"))
                .containsExactlyInAnyOrderElementsOf(values(container(overlay).path("volumeMounts"), "name"));
        assertThat(selectors(overlay))
                .hasSizeGreaterThan(2)
                .containsOnly(one(overlay, "Deployment").at("/spec/template/metadata/labels"));
        assertThat(all(overlay, "Service").flatMap(service -> values(service.at("/spec/ports"), "targetPort").stream()))
                .isSubsetOf(values(container(overlay).path("ports"), "name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-node", "cluster"})
    void theSettingsAreGoodAndThePortsAreTheirs(String overlay) throws IOException {
        Settings settings = settings(overlay);
        boolean cluster = overlay.equals("cluster");

        assertThat(ports(overlay))
                .isEqualTo(
                        cluster
                                ? List.of(
                                        management(settings), settings.cluster().port())
                                : List.of(management(settings)));
        assertThat(all(overlay, "NetworkPolicy").flatMap(policy -> policy.findValues("port").stream()))
                .extracting(JsonNode::asInt)
                .containsExactlyInAnyOrderElementsOf(ports(overlay));
        assertThat(settings.dataDir()).as("of the image").isEqualTo(Path.of("/data"));
        if (cluster) {
            assertThat(all(overlay, "Service")
                            .filter(service -> name(service)
                                    .asText()
                                    .equals(settings.cluster().kubernetesDns().orElseThrow())))
                    .singleElement()
                    .satisfies(members -> {
                        assertThat(members.at("/spec/clusterIP").asText()).isEqualTo("None");
                        assertThat(members.at("/spec/publishNotReadyAddresses").asBoolean())
                                .isTrue();
                    });
        }
    }

    @Test
    void hazelcastIsReachedByItsOwnPodsOnly() {
        List<ObjectNode> policies = all("cluster", "NetworkPolicy").toList();

        assertThat(policies)
                .allSatisfy(policy ->
                        assertThat(policy.at("/spec/policyTypes/0").asText()).isEqualTo("Ingress"));
        assertThat(policies.stream()
                        .flatMap(policy -> stream(policy.at("/spec/ingress")))
                        .filter(rule -> rule.path("ports").isMissingNode()
                                || rule.path("ports").toString().contains("5701")))
                .singleElement()
                .satisfies(rule -> assertThat(rule.path("from").toString())
                        .isEqualTo("[{\"podSelector\":{\"matchLabels\":"
                                + one("cluster", "Deployment").at("/spec/template/metadata/labels") + "}}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-node", "cluster"})
    void thePodIsConfinedAsTheImageExpects(String overlay) throws IOException {
        JsonNode pod = pod(overlay);
        JsonNode container = container(overlay);
        String user = pod.at("/securityContext/runAsUser").asText();

        assertThat(Files.readString(Path.of("Dockerfile"))).contains("USER " + user + ":" + user + "\n");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(container.path("securityContext").toString())
                .isEqualTo("{\"allowPrivilegeEscalation\":false,\"readOnlyRootFilesystem\":true,"
                        + "\"capabilities\":{\"drop\":[\"ALL\"]}}");
        assertThat(stream(container.path("volumeMounts")).filter(mount -> !mount.has("readOnly")))
                .extracting(mount -> mount.path("mountPath").asText())
                .containsExactly("/data", "/tmp");
        assertThat(container.path("image").asText()).matches("^roombridge:\\d.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-node", "cluster"})
    void itStartsAndStopsAsTheBridgeDoes(String overlay) throws IOException {
        JsonNode pod = pod(overlay);
        Duration drain = settings(overlay).hub().drain();

        assertThat(one(overlay, "Deployment").at("/spec/strategy/type").asText())
                .as("two versions never share a store")
                .isEqualTo("Recreate");
        assertThat(pod.path("terminationGracePeriodSeconds").asLong()).isGreaterThan(drain.toSeconds() + 10);
        assertThat(pod.path("enableServiceLinks").asBoolean(true))
                .as("ROOMBRIDGE_PORT of a service names no setting")
                .isFalse();
        assertThat(container(overlay).findValues("httpGet"))
                .hasSize(3)
                .extracting(get -> get.path("path").asText())
                .isSubsetOf(HealthEndpoints.of(List.of()).stream()
                        .map(Endpoint::path)
                        .toList());
    }

    /** As the pod reads them: the file of the config map, the secrets as files, the environment of image and container. */
    private Settings settings(String overlay) throws IOException {
        secret().path("stringData").fieldNames().forEachRemaining(this::fill);
        String text =
                one(overlay, "ConfigMap").at("/data/roombridge.properties").asText();
        Path file = Files.writeString(
                secrets.resolve("roombridge.properties"), text.replace(SECRETS, secrets.toString() + "/"));
        Map<String, String> environment = new HashMap<>(Map.of("ROOMBRIDGE_DATA_DIR", "/data"));
        container(overlay)
                .path("env")
                .forEach(variable -> environment.put(variable.path("name").asText(), "10.0.0.1"));
        return SettingsFile.read(file, environment, Map.of());
    }

    private void fill(String secret) {
        assertThatCode(() -> Files.writeString(secrets.resolve(secret), "Endpoint=sb://x/"))
                .doesNotThrowAnyException();
    }

    private static int management(Settings settings) {
        return settings.management().port().number().orElseThrow();
    }

    private static List<Integer> ports(String overlay) {
        return stream(container(overlay).path("ports"))
                .map(port -> port.path("containerPort").asInt())
                .toList();
    }

    private static List<JsonNode> selectors(String overlay) {
        return resources(overlay).stream()
                .flatMap(resource -> Stream.of(
                        resource.at("/spec/selector/matchLabels"),
                        resource.at("/spec/podSelector/matchLabels"),
                        resource.path("kind").asText().equals("Service")
                                ? resource.at("/spec/selector")
                                : resource.path("nothing")))
                .filter(JsonNode::isObject)
                .toList();
    }

    private static Object typed(ObjectNode resource) throws JsonProcessingException {
        String kind = resource.path("apiVersion").asText() + " "
                + resource.path("kind").asText();
        return STRICT.treeToValue(resource, KINDS.get(kind));
    }

    private static ObjectNode secret() {
        return Kustomization.read(FOLDER.resolve("secrets.example.yaml"));
    }

    private static List<ObjectNode> resources(String overlay) {
        return Kustomization.of(FOLDER.resolve(overlay));
    }

    private static Stream<ObjectNode> all(String overlay, String kind) {
        return resources(overlay).stream()
                .filter(resource -> resource.path("kind").asText().equals(kind));
    }

    private static ObjectNode one(String overlay, String kind) {
        return all(overlay, kind).reduce((a, b) -> null).orElseThrow();
    }

    private static JsonNode pod(String overlay) {
        return one(overlay, "Deployment").at("/spec/template/spec");
    }

    private static JsonNode container(String overlay) {
        return pod(overlay).at("/containers/0");
    }

    private static JsonNode name(JsonNode resource) {
        return resource.at("/metadata/name");
    }

    private static List<JsonNode> values(JsonNode list, String field) {
        return stream(list).map(element -> element.path(field)).toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}

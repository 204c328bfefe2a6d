package dev.watchword.integration.deploy;

import static dev.watchword.integration.deploy.DeployFiles.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The FlinkDeployment is as the operator's own resource definition says, which comes with the
 * operator's jar, and has no key that is not in it.
 */
class DeploymentSchemaTest {
    private static final String DEFINITION =
            "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode version;
    private static JsonNode schema;

    @BeforeAll
    static void readDefinition() throws Exception {
        LoaderOptions large = new LoaderOptions();
        large.setCodePointLimit(1 << 24);
        try (InputStream in = DeploymentSchemaTest.class.getResourceAsStream(DEFINITION)) {
            Object definition = new Yaml(new SafeConstructor(large)).load(in);
            version = JSON.valueToTree(at(definition, "spec", "versions", 0));
        }
        schema = version.at("/schema/openAPIV3Schema/properties/spec");
        // The jar's operator is older than Flink 2.3.
        ((ArrayNode) schema.at("/properties/flinkVersion/enum")).add("v2_3");
        close(schema);
    }

    /** As strict field validation does: what has named keys has no others. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(DeploymentSchemaTest::close);
    }

    private static List<Error> errors(JsonNode spec) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                .getSchema(schema)
                .validate(spec);
    }

    private static ObjectNode spec() {
        return JSON.valueToTree(at(deployment(), "spec"));
    }

    private static Object deployment() {
        return DeployFiles.resources("kubernetes/flinkdeployment.yaml", "FlinkDeployment").get(0);
    }

    @Test
    void theDeploymentIsAsItsOperatorDefinesIt() {
        assertThat(at(deployment(), "apiVersion"))
                .isEqualTo("flink.apache.org/" + version.path("name").asText());
        assertThat(errors(spec())).isEmpty();
    }

    @Test
    void whatIsMisspeltIsFound() {
        ObjectNode key = spec();
        ((ObjectNode) key.path("taskManager").path("resource")).put("cpus", 1);
        ObjectNode deep = spec();
        ((ObjectNode) deep.at("/podTemplate/spec/containers/0")).put("volumeMount", "x");
        ObjectNode value = spec();
        ((ObjectNode) value.path("job")).put("upgradeMode", "save");

        for (Map.Entry<String, ObjectNode> each :
                Map.of("cpus", key, "volumeMount", deep, "upgradeMode", value).entrySet()) {
            assertThat(errors(each.getValue()).toString()).contains(each.getKey());
        }
    }
}

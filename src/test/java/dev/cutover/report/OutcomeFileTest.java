package dev.cutover.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.ReleaseState;
import dev.cutover.testkit.time.ManualClock;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeFileTest {

  private final Path dir;

  OutcomeFileTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private Path file() {
    return dir.resolve("deploy").resolve(OutcomeFile.NAME);
  }

  private Story story() {
    return new Story(new OutcomeFile(dir.resolve("deploy"), new ManualClock()), "web1", "web2");
  }

  private String text() throws IOException {
    return Files.readString(file());
  }

  private JsonObject json() throws IOException {
    try (var reader = Json.createReader(new StringReader(text()))) {
      return reader.readObject();
    }
  }

  private static Story reverted(Story story) {
    return story.end(
        Outcome.REVERTED,
        Goal.RELEASE,
        75_300,
        "web2 is sick",
        "mvn deploy:release",
        List.of(new MigrationState("db", "undone")),
        Story.on("web1", Story.OLD, ReleaseState.GOOD, Health.HEALTHY),
        new HostState("web2", Optional.empty(), Optional.empty(), Health.UNKNOWN, "cut \"off\"\n"));
  }

  @Test
  void isUnknownFromTheStart() throws IOException {
    story().start(Goal.RELEASE);
    JsonObject json = json();
    assertThat(json.getString("outcome")).isEqualTo("OUTCOME_UNKNOWN");
    assertThat(json.get("release")).isEqualTo(JsonValue.NULL);
    assertThat(json.get("durationMs")).isEqualTo(JsonValue.NULL);
    assertThat(json.getJsonArray("hosts")).hasSize(2);
    assertThat(errors()).isEmpty();
  }

  @Test
  void namesTheReleaseOnceItHasAnId() throws IOException {
    story().start(Goal.RELEASE).planned(Optional.of(Story.OLD));
    assertThat(json().getString("release")).isEqualTo(Story.NEW.value());
    assertThat(json().getString("previous")).isEqualTo(Story.OLD.value());
    assertThat(json().getString("outcome")).isEqualTo("OUTCOME_UNKNOWN");
    assertThat(errors()).isEmpty();
  }

  @Test
  void isReplacedAtTheEndAndLeavesNoOtherFile() throws IOException {
    reverted(story().start(Goal.RELEASE));
    Golden.check("outcome-json", text());
    assertThat(errors()).isEmpty();
    try (Stream<Path> files = Files.list(dir.resolve("deploy"))) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void anEndWithoutAStartReplacesAnOlderRunsSuccess() throws IOException {
    Files.createDirectories(dir.resolve("deploy"));
    Files.writeString(file(), "{\"outcome\":\"RELEASED\"}");
    story().end(Outcome.NOTHING_CHANGED, Goal.RELEASE, 5, "deploy.keep: bad", "correct it");
    assertThat(json().getString("outcome")).isEqualTo("NOTHING_CHANGED");
    assertThat(errors()).isEmpty();
  }

  @Test
  void goalsThatOnlyReadLeaveItAlone() {
    for (Goal goal : List.of(Goal.STATUS, Goal.HISTORY, Goal.PLAN, Goal.CHECK, Goal.VERIFY)) {
      story().start(goal).end(Outcome.NOTHING_CHANGED, goal, 5, "", "");
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void failsAloudWhenItCannotBeWrittenAndKeepsNothingHalf() throws IOException {
    Files.writeString(dir.resolve("deploy"), "a file where the directory should be");
    assertThatThrownBy(() -> story().start(Goal.RELEASE))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(OutcomeFile.NAME);
  }

  @Test
  void theSchemaKnowsEveryWordWeCanWrite() throws IOException {
    JsonObject properties;
    try (var reader = Json.createReader(Files.newBufferedReader(SCHEMA))) {
      properties = reader.readObject().getJsonObject("properties");
    }
    assertThat(words(properties.getJsonObject("outcome"))).containsExactly(names(Outcome.values()));
    JsonObject host =
        properties.getJsonObject("hosts").getJsonObject("items").getJsonObject("properties");
    assertThat(words(host.getJsonObject("state"))).containsExactly(names(ReleaseState.values()));
    assertThat(words(host.getJsonObject("health"))).containsExactly(names(Health.values()));
  }

  @Test
  void theSchemaRefusesWhatWeNeverWrite() throws IOException {
    reverted(story().start(Goal.RELEASE));
    String whole = text();
    assertThat(errors(whole.replace("\"schema\": 1", "\"schema\": 2"))).isNotEmpty();
    assertThat(errors(whole.replace("REVERTED", "FINE"))).isNotEmpty();
    assertThat(errors(whole.replace("\"next\"", "\"then\""))).isNotEmpty();
  }

  @Test
  void theDocumentedExampleFitsTheSchema() throws IOException {
    String page = Files.readString(Path.of("docs/outcome.md")).replace("\r\n", "\n");
    int start = page.indexOf("```json\n") + "```json\n".length();
    assertThat(errors(page.substring(start, page.indexOf("```", start)))).isEmpty();
  }

  private static final Path SCHEMA = Path.of("docs/outcome.schema.json");

  private List<String> errors() throws IOException {
    return errors(text());
  }

  private static List<String> errors(String document) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA));
    return schema.validate(document, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  private static List<String> words(JsonObject property) {
    return property.getJsonArray("enum").stream()
        .filter(value -> value.getValueType() == JsonValue.ValueType.STRING)
        .map(value -> ((JsonString) value).getString())
        .toList();
  }

  private static String[] names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toArray(String[]::new);
  }
}

package dev.cutover.report;

import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.OutcomeReport.MigrationState;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;

/** The form of {@code outcome.json}, schema 1. A change of meaning is a new schema number. */
final class OutcomeJson {

  private static final int SCHEMA = 1;

  private OutcomeJson() {}

  /** A run that has no end yet, hence no duration. */
  static String begun(OutcomeReport run) {
    return text(document(run, JsonValue.NULL));
  }

  static String ended(OutcomeReport run) {
    return text(document(run, Json.createValue(run.duration().toMillis())));
  }

  private static JsonObject document(OutcomeReport run, JsonValue durationMs) {
    JsonArrayBuilder hosts = Json.createArrayBuilder();
    run.hosts().forEach(host -> hosts.add(host(host)));
    JsonArrayBuilder migrations = Json.createArrayBuilder();
    run.migrations().forEach(migration -> migrations.add(migration(migration)));
    return Json.createObjectBuilder()
        .add("schema", SCHEMA)
        .add("outcome", run.outcome().name())
        .add("goal", run.goal().word())
        .add("release", orNull(run.release()))
        .add("previous", orNull(run.previous()))
        .add("version", orNull(run.version()))
        .add("revision", orNull(run.revision()))
        .add("startedAt", run.startedAt().toString())
        .add("durationMs", durationMs)
        .add("hosts", hosts)
        .add("migrations", migrations)
        .add("next", orNull(run.next()))
        .build();
  }

  private static JsonObjectBuilder host(HostState host) {
    return Json.createObjectBuilder()
        .add("host", host.host())
        .add("live", orNull(host.live()))
        .add("state", orNull(host.state()))
        .add("health", host.health().name())
        .add("message", orNull(host.message()));
  }

  private static JsonObjectBuilder migration(MigrationState migration) {
    return Json.createObjectBuilder().add("id", migration.id()).add("state", migration.state());
  }

  private static JsonValue orNull(Optional<?> value) {
    return orNull(value.map(Object::toString).orElse(""));
  }

  private static JsonValue orNull(String value) {
    return value.isEmpty() ? JsonValue.NULL : Json.createValue(value);
  }

  private static String text(JsonObject document) {
    StringWriter text = new StringWriter();
    Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
        .createWriter(text)
        .write(document);
    return text.append('\n').toString();
  }
}

package dev.cutover.health;

import dev.cutover.domain.HealthCheck;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.Optional;

/** Compares an HTTP answer with what its check expects. */
final class Expectation {

  private final HealthCheck.Http check;
  private final HealthQuestion question;

  Expectation(HealthCheck.Http check, HealthQuestion question) {
    this.check = check;
    this.question = question;
  }

  Answer judge(HttpReply reply) {
    return wrongStatus(reply)
        .or(() -> check.contains().flatMap(question::expand).flatMap(t -> lacks(reply, t)))
        .or(() -> check.json().flatMap(json -> wrongValue(reply, json)))
        .map(Answer::sick)
        .orElseGet(() -> Answer.healthy("answered " + reply.status()));
  }

  private Optional<String> wrongStatus(HttpReply reply) {
    int status = reply.status();
    boolean right =
        check.status().isPresent()
            ? status == check.status().getAsInt()
            : status >= 200 && status < 300;
    if (right) {
      return Optional.empty();
    }
    String to = reply.location().map(l -> ", a redirect to " + Words.brief(l)).orElse("");
    String expected = check.status().isPresent() ? ", expected " + check.status().getAsInt() : "";
    return Optional.of("answered " + status + to + expected);
  }

  private static Optional<String> lacks(HttpReply reply, String text) {
    if (reply.text().contains(text)) {
      return Optional.empty();
    }
    String where = reply.body().length == HttpReply.MOST ? " in its first 1 MiB" : "";
    return Optional.of("body lacks '" + text + "'" + where);
  }

  private Optional<String> wrongValue(HttpReply reply, HealthCheck.JsonEquals json) {
    Optional<String> wanted = question.expand(json.equals());
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    String expected = ", expected \"" + wanted.get() + "\"";
    JsonStructure body;
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(reply.body()))) {
      body = reader.read();
    } catch (RuntimeException e) { // A bare one when the body nests too deep.
      return Optional.of("body is not a JSON object or array" + expected);
    }
    try {
      String value = text(Json.createPointer(json.pointer()).getValue(body));
      return value.equals(wanted.get())
          ? Optional.empty()
          : Optional.of(json.pointer() + " is \"" + Words.brief(value) + "\"" + expected);
    } catch (JsonException | NumberFormatException e) {
      return Optional.of(json.pointer() + " is absent" + expected);
    }
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : value.toString();
  }
}

package dev.cutover.domain.journal;

import dev.cutover.domain.Percent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code key=value} words of a record's body, after its type. */
final class Fields {

  private static final String BETWEEN = "\n";
  private final Map<String, String> values = new LinkedHashMap<>();

  static Fields parse(List<String> words) {
    Fields fields = new Fields();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        fields.values.put(word.substring(0, equals), Percent.decode(word.substring(equals + 1)));
      }
    }
    return fields;
  }

  Fields with(String key, Object value) {
    values.put(key, value.toString());
    return this;
  }

  Fields with(String key, Optional<?> value) {
    value.ifPresent(present -> with(key, present));
    return this;
  }

  Fields with(String key, List<String> list) {
    return with(key, String.join(BETWEEN, list));
  }

  /**
   * A field that must be there.
   *
   * @throws IllegalArgumentException if it is not
   */
  String get(String key) {
    return optional(key).orElseThrow(() -> new IllegalArgumentException("a record without " + key));
  }

  Optional<String> optional(String key) {
    return Optional.ofNullable(values.get(key));
  }

  List<String> list(String key) {
    String text = values.getOrDefault(key, "");
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(BETWEEN, -1));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (key, value) -> text.append(' ').append(key).append('=').append(Percent.encode(value)));
    return text.toString();
  }
}

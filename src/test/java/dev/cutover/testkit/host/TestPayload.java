package dev.cutover.testkit.host;

import dev.cutover.domain.Manifest;
import dev.cutover.domain.Payload;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files in memory, all 0644 unless they lie below {@code bin/}. */
public final class TestPayload implements Payload {

  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<String> emptyDirectories = new ArrayList<>();

  public TestPayload with(String path, String content) {
    files.put(path, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public TestPayload withEmpty(String directory) {
    emptyDirectories.add(directory);
    return this;
  }

  /** {@code count} files more. */
  public TestPayload withMany(int count) {
    for (int i = 0; i < count; i++) {
      with("many/" + i % 7 + "/file-" + i, "content " + i);
    }
    return this;
  }

  public Map<String, Integer> modes() {
    Map<String, Integer> modes = new TreeMap<>();
    for (String path : files.keySet()) {
      if (path.startsWith("bin/")) {
        modes.put(path, 0755);
      }
    }
    return modes;
  }

  @Override
  public Manifest manifest() {
    List<Manifest.Entry> entries = new ArrayList<>();
    files.forEach(
        (path, bytes) ->
            entries.add(
                new Manifest.Entry(
                    path, sha256(bytes), bytes.length, modes().getOrDefault(path, 0644))));
    return new Manifest(entries, "0".repeat(64));
  }

  @Override
  public List<String> emptyDirectories() {
    return emptyDirectories;
  }

  @Override
  public InputStream open(String path) {
    return new ByteArrayInputStream(files.getOrDefault(path, new byte[0]));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.cutover.bundle;

import dev.cutover.domain.Listing;
import dev.cutover.domain.Manifest;
import dev.cutover.domain.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bundle whose bytes lie in files of this machine. */
final class FilePayload implements Payload {

  private final Tree tree;
  private final Listing files;
  private final List<String> emptyDirectories;
  private final Hasher hasher;
  private @Nullable Manifest manifest;

  /** Lets the files be read; does not wait for that. */
  FilePayload(Tree tree, Listing files) {
    this.tree = tree;
    this.files = files;
    emptyDirectories = tree.emptyDirectories();
    hasher = Hasher.start(tree, files);
  }

  @Override
  public Listing files() {
    return files;
  }

  @Override
  public synchronized Manifest manifest() {
    Manifest known = manifest;
    if (known == null) {
      known = digested(hasher.entries());
      manifest = known;
    }
    return known;
  }

  private Manifest digested(List<Manifest.Entry> entries) {
    String text = new Manifest(entries, "").text() + Modes.text(entries, emptyDirectories);
    return new Manifest(entries, new Sha256().add(text).hex());
  }

  @Override
  public List<String> emptyDirectories() {
    return emptyDirectories;
  }

  @Override
  public InputStream open(String path) throws IOException {
    return Files.newInputStream(tree.leaf(path).source());
  }
}

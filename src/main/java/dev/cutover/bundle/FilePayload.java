package dev.cutover.bundle;

import dev.cutover.domain.Manifest;
import dev.cutover.domain.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/** A bundle whose bytes lie in files of this machine. */
final class FilePayload implements Payload {

  private final Tree tree;
  private final List<String> emptyDirectories;
  private final Manifest manifest;

  FilePayload(Tree tree, List<Manifest.Entry> entries) {
    this.tree = tree;
    emptyDirectories = tree.emptyDirectories();
    String text = new Manifest(entries, "").text() + Modes.text(entries, emptyDirectories);
    manifest = new Manifest(entries, new Sha256().add(text).hex());
  }

  @Override
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public List<String> emptyDirectories() {
    return emptyDirectories;
  }

  @Override
  public InputStream open(Manifest.Entry entry) throws IOException {
    Tree.Leaf leaf = tree.files().get(entry.path());
    if (leaf == null) {
      throw new IllegalArgumentException("not of this bundle: " + entry.path());
    }
    return Files.newInputStream(leaf.source());
  }
}

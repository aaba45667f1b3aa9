package dev.cutover.bundle;

import dev.cutover.bundle.BundleSpec.Item;
import dev.cutover.domain.Listing;
import dev.cutover.domain.Payload;
import dev.cutover.error.CutoverException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a release together on this machine. Plain files and directories are read where they lie,
 * archives are unpacked first; nothing is held in memory but names.
 */
public final class BundleAssembler {

  private final Path working;

  /**
   * An assembler with a directory of its own.
   *
   * @param working where archives are unpacked, {@code target/deploy/unpacked}; deleted and made
   *     anew by each {@link #assemble}, so a payload lives until the next one
   */
  public BundleAssembler(Path working) {
    this.working = working.toAbsolutePath().normalize();
  }

  /**
   * Collects everything, and begins to hash it.
   *
   * @throws dev.cutover.error.BadParametersException with every problem there is: a source that is
   *     missing, a name or a link that must not be in a release, a path written twice
   * @throws CutoverException if the working directory cannot be written
   */
  public Payload assemble(BundleSpec spec) {
    clear();
    Problems problems = new Problems();
    Tree tree = new Tree();
    int number = 0;
    for (Item item : spec.items()) {
      collect(item, working.resolve(Integer.toString(++number)), tree, problems);
    }
    if (problems.none() && tree.files().isEmpty()) {
      problems.add("<bundle>", "has no file in it; there is nothing to release");
    }
    Listing files = list(tree, problems);
    problems.throwIfAny();
    return new FilePayload(tree, files);
  }

  private static Listing list(Tree tree, Problems problems) {
    List<Listing.Item> items = new ArrayList<>();
    tree.files()
        .forEach(
            (path, leaf) -> {
              try {
                if (!Files.isReadable(leaf.source())) {
                  throw new AccessDeniedException(leaf.source().toString());
                }
                items.add(new Listing.Item(path, Files.size(leaf.source()), leaf.mode()));
              } catch (IOException e) {
                problems.add(leaf.place(), leaf.source() + " cannot be read: " + e);
              }
            });
    return new Listing(items);
  }

  private void clear() {
    try {
      FileTrees.delete(working);
    } catch (IOException e) {
      throw new CutoverException("cannot clear " + working + ": " + e, "mvn clean, then again", e);
    }
  }

  private void collect(Item item, Path unpacked, Tree tree, Problems problems) {
    Optional<String> wrong =
        item.as().isBlank()
            ? Optional.of("is empty; '.' is the release itself")
            : Names.wrongWith(item.as()).map(what -> Names.shown(item.as()) + " " + what);
    wrong.ifPresent(what -> problems.add(item.place() + "<as>", what));
    String base = wrong.isPresent() ? "" : Names.normal(item.as());
    ItemSink sink = new ItemSink(item, base, tree, problems);
    Path source = item.source();
    try {
      if (!Files.exists(source)) {
        sink.refuse(source + " does not exist; build it first, or correct <source>");
      } else if (wrong.isPresent()) {
        return;
      } else if (item.unpack()) {
        unpack(source, unpacked, sink);
      } else if (Files.isDirectory(source)) {
        read(source.toRealPath(), sink);
      } else if (!Files.isRegularFile(source)) {
        sink.refuse(source + " is neither a file nor a directory");
      } else if (base.isEmpty() || item.as().endsWith("/")) {
        sink.refuse("<as> " + Names.shown(item.as()) + " is a directory; give the file its name");
      } else {
        sink.onlyFile(source);
      }
    } catch (IOException e) {
      sink.refuse(source + " cannot be read: " + e);
    }
  }

  private void read(Path directory, ItemSink sink) throws IOException {
    if (working.startsWith(directory)) {
      sink.refuse(directory + " holds " + working + ", where bundles are made; name what you need");
      return;
    }
    new DirectorySource(directory, sink).read();
  }

  private static void unpack(Path archive, Path unpacked, ItemSink sink) throws IOException {
    Optional<Unpacker> unpacker = Unpacker.named(String.valueOf(archive.getFileName()));
    if (unpacker.isEmpty() || !Files.isRegularFile(archive)) {
      sink.refuse(archive + " is not a zip, jar, tar, tar.gz or tgz, so it cannot be unpacked");
      return;
    }
    ArchiveLimits limits = ArchiveLimits.of(archive);
    ArchiveTree tree = new ArchiveTree(sink, limits);
    try {
      unpacker.get().unpack(archive, new UnpackedFiles(unpacked), tree, sink, limits);
      tree.emit();
    } catch (ArchiveLimits.ExceededException e) {
      sink.refuse(archive + " " + e.getMessage());
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      // How the library says of some fields that they mean nothing.
      throw new IOException("it is damaged: " + e.getMessage(), e);
    }
  }
}

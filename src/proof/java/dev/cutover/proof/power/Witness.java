package dev.cutover.proof.power;

import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.proof.Picture;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Hears which operations a host reports as done while it still has power. */
final class Witness {

  private final BooleanSupplier dark;
  private final List<HostOp> done = Collections.synchronizedList(new ArrayList<>());
  private final List<HostOp> begun = Collections.synchronizedList(new ArrayList<>());

  Witness(BooleanSupplier dark) {
    this.dark = dark;
  }

  Host watch(Host host) {
    return (Host)
        Proxy.newProxyInstance(
            Host.class.getClassLoader(),
            new Class<?>[] {Host.class},
            (proxy, method, arguments) -> {
              Object[] passed = arguments == null ? new Object[0] : arguments.clone();
              if (method.getName().equals("perform")) {
                passed[3] = new Ear(ops(passed[2]), (OpListener) passed[3]);
              }
              try {
                return method.invoke(host, passed);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static List<HostOp> ops(Object argument) {
    return ((List<?>) argument).stream().map(HostOp.class::cast).toList();
  }

  private final class Ear implements OpListener {
    private final List<HostOp> ops;
    private final OpListener next;

    Ear(List<HostOp> ops, OpListener next) {
      this.ops = ops;
      this.next = next;
    }

    @Override
    public void started(int index) {
      begun.add(ops.get(index));
      next.started(index);
    }

    @Override
    public void output(int index, String line) {
      next.output(index, line);
    }

    @Override
    public void ended(int index, OpResult result) {
      if (result.ok() && !dark.getAsBoolean()) {
        done.add(ops.get(index));
      }
      next.ended(index, result);
    }
  }

  /** What was reported as done and does not stand. */
  List<String> lost(Path root) throws IOException {
    List<String> lost = new ArrayList<>();
    List<JournalEntry> entries =
        Picture.journal(root.resolve(".cutover/journal")).lines().stream()
            .map(Journal.Line::entry)
            .toList();
    for (HostOp op : done) {
      boolean stands = true;
      if (op instanceof HostOp.Append append) {
        stands = entries.contains(append.entry());
      } else if (op instanceof HostOp.Publish publish) {
        stands = later(publish.id(), op) || there(root, publish.id());
      } else if (op instanceof HostOp.Quarantine quarantine) {
        stands = !there(root, quarantine.id());
      } else if (op instanceof HostOp.Prune prune) {
        stands = prune.ids().stream().noneMatch(id -> there(root, id));
      } else if (op instanceof HostOp.Switch flip) {
        stands =
            switchedLater(op)
                || (live(root).equals(Optional.of(Path.of(flip.to().value())))
                    && entries.stream()
                        .anyMatch(
                            entry ->
                                entry instanceof JournalEntry.Switched switched
                                    && switched.to().equals(Optional.of(flip.to()))));
      } else if (op instanceof HostOp.RemoveCurrent) {
        stands = switchedLater(op) || live(root).isEmpty();
      } else if (op instanceof HostOp.Unlock) {
        stands = !Files.isSymbolicLink(root.resolve(".cutover/lock"));
      }
      if (!stands) {
        lost.add("reported and lost: " + op);
      }
    }
    return lost;
  }

  private boolean switchedLater(HostOp op) {
    return begun.subList(begun.lastIndexOf(op) + 1, begun.size()).stream()
        .anyMatch(l -> l instanceof HostOp.Switch || l instanceof HostOp.RemoveCurrent);
  }

  private boolean later(ReleaseId id, HostOp op) {
    return begun.subList(begun.lastIndexOf(op) + 1, begun.size()).stream()
        .anyMatch(l -> l instanceof HostOp.Quarantine quarantine && quarantine.id().equals(id));
  }

  private static boolean there(Path root, ReleaseId id) {
    return Files.isDirectory(root.resolve("releases").resolve(id.value()));
  }

  private static Optional<Path> live(Path root) throws IOException {
    Path current = root.resolve("current");
    return Files.isSymbolicLink(current)
        ? Optional.of(Files.readSymbolicLink(current))
        : Optional.empty();
  }

  int reported() {
    return done.size();
  }
}

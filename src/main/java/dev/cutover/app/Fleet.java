package dev.cutover.app;

import dev.cutover.domain.Target;
import dev.cutover.error.CutoverException;
import dev.cutover.event.DeployEvent;
import dev.cutover.transport.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/** The connected hosts of one request, in the order of its targets. */
final class Fleet implements AutoCloseable {

  /** A connected host under the name reports give it. */
  record Ship(String name, Host host) {}

  private final List<Ship> ships;

  private Fleet(List<Ship> ships) {
    this.ships = ships;
  }

  List<Ship> ships() {
    return ships;
  }

  /**
   * Connects to all targets at once.
   *
   * @throws CutoverException naming every host that could not be reached; none stays connected
   */
  static Fleet connect(Wiring wiring, List<Target> targets) {
    ExecutorService pool = wiring.tools().workers().open(targets.size());
    try {
      Map<Target, String> names = names(targets);
      List<CompletableFuture<Ship>> connecting =
          targets.stream()
              .map(
                  target ->
                      CompletableFuture.supplyAsync(
                          () -> connect(wiring, target, names.getOrDefault(target, "")), pool))
              .toList();
      return gather(connecting);
    } finally {
      pool.shutdown();
    }
  }

  /** Connects to one. */
  static Ship connect(Wiring wiring, Target target, String name) {
    Instant start = wiring.tools().clock().instant();
    Host host = wiring.connector().connect(target);
    Duration took = Duration.between(start, wiring.tools().clock().instant());
    wiring.tools().listener().on(new DeployEvent.Connected(name, took));
    return new Ship(name, host);
  }

  private static Fleet gather(List<CompletableFuture<Ship>> connecting) {
    List<Ship> ships = new ArrayList<>();
    List<CutoverException> failures = new ArrayList<>();
    for (CompletableFuture<Ship> future : connecting) {
      try {
        ships.add(future.join());
      } catch (CompletionException e) {
        failures.add(asCutover(e));
      }
    }
    Fleet fleet = new Fleet(List.copyOf(ships));
    if (failures.isEmpty()) {
      return fleet;
    }
    fleet.close();
    throw joined(failures);
  }

  static CutoverException asCutover(CompletionException e) {
    if (e.getCause() instanceof CutoverException known) {
      return known;
    }
    throw e;
  }

  /** One exception that says what all of them say. */
  static CutoverException joined(List<CutoverException> failures) {
    if (failures.size() == 1) {
      return failures.get(0);
    }
    String happened =
        failures.stream().map(CutoverException::getMessage).collect(Collectors.joining("\n"));
    String next =
        failures.stream()
            .map(CutoverException::next)
            .filter(text -> !text.isEmpty())
            .distinct()
            .collect(Collectors.joining("\n"));
    return new CutoverException(happened, next, failures.get(0));
  }

  /** A host's own name; with its root where two targets share a host. */
  static Map<Target, String> names(List<Target> targets) {
    Map<String, Long> count =
        targets.stream().collect(Collectors.groupingBy(Target::host, Collectors.counting()));
    return targets.stream()
        .collect(
            Collectors.toMap(
                target -> target,
                target -> count.getOrDefault(target.host(), 1L) == 1 ? target.host() : target.url(),
                (one, same) -> one));
  }

  @Override
  public void close() {
    ships.forEach(ship -> ship.host().close());
  }
}

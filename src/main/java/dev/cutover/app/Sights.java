package dev.cutover.app;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Health;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.Target;
import dev.cutover.error.CutoverException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** All hosts of a request as far as they can be reached, in the order of its targets. */
final class Sights implements AutoCloseable {

  /**
   * One host.
   *
   * @param facts what it says; empty when it could not be asked
   * @param failure why it could not
   */
  record Sight(
      String name,
      Target target,
      Optional<Fleet.Ship> ship,
      Optional<HostFacts> facts,
      Optional<CutoverException> failure) {}

  /**
   * What was seen of one host.
   *
   * @param state what is told of it
   * @param failure why nothing else can be told
   */
  record Seen(String name, Optional<HostState> state, Optional<CutoverException> failure) {}

  /** Looks at one host, the {@code index}th of the targets. */
  @FunctionalInterface
  interface Look {
    HostState at(int index, Fleet.Ship ship, HostFacts facts);
  }

  private final Wiring wiring;
  private final List<Sight> sights;

  private Sights(Wiring wiring, List<Sight> sights) {
    this.wiring = wiring;
    this.sights = List.copyOf(sights);
  }

  /** Connects to all targets and asks them, side by side. */
  static Sights of(Wiring wiring, DeployRequest request) {
    List<Target> targets = request.targets();
    Map<Target, String> names = Fleet.names(targets);
    return new Sights(
        wiring,
        sideBySide(
            wiring,
            targets.size(),
            index -> {
              Target target = targets.get(index);
              return sight(wiring, request, target, names.getOrDefault(target, ""));
            }));
  }

  private static Sight sight(Wiring wiring, DeployRequest request, Target target, String name) {
    Optional<Fleet.Ship> ship = Optional.empty();
    try {
      ship = Optional.of(Fleet.connect(wiring, target, name));
      FactsQuery query = new FactsQuery(target.root(), request.spec().shared());
      HostFacts facts = ship.get().host().facts(query);
      return new Sight(name, target, ship, Optional.of(facts), Optional.empty());
    } catch (CutoverException e) {
      return new Sight(name, target, ship, Optional.empty(), Optional.of(e));
    }
  }

  List<Sight> all() {
    return sights;
  }

  /** Looks at each that can be asked, side by side. */
  List<Seen> each(Look look) {
    return sideBySide(wiring, sights.size(), index -> seen(look, index));
  }

  private Seen seen(Look look, int index) {
    Sight sight = sights.get(index);
    if (sight.ship().isEmpty() || sight.facts().isEmpty()) {
      return new Seen(sight.name(), Optional.empty(), sight.failure());
    }
    try {
      HostState state = look.at(index, sight.ship().get(), sight.facts().get());
      return new Seen(sight.name(), Optional.of(state), Optional.empty());
    } catch (CutoverException e) {
      HostState state =
          Reporting.state(
              sight.name(), sight.facts().get(), Health.UNKNOWN, String.valueOf(e.getMessage()));
      return new Seen(sight.name(), Optional.of(state), Optional.of(e));
    }
  }

  private static <T> List<T> sideBySide(Wiring wiring, int count, IntFunction<T> work) {
    ExecutorService pool = wiring.tools().workers().open(count);
    try {
      List<CompletableFuture<T>> all =
          IntStream.range(0, count)
              .mapToObj(index -> CompletableFuture.supplyAsync(() -> work.apply(index), pool))
              .toList();
      return all.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw Fleet.asCutover(e);
    } finally {
      pool.shutdown();
    }
  }

  @Override
  public void close() {
    sights.forEach(sight -> sight.ship().ifPresent(ship -> ship.host().close()));
  }
}

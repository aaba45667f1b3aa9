package dev.cutover.proof.memory;

import dev.cutover.domain.Command;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Where;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.Mishap;
import dev.cutover.testkit.sim.SimDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What users do, each in a world where it has been prepared. */
final class Scenarios {

  private static final Set<Outcome> RELEASED = Set.of(Outcome.RELEASED, Outcome.NOTHING_CHANGED);
  private static final Set<Outcome> REVERTED = Set.of(Outcome.REVERTED);

  private Scenarios() {}

  static List<SimScenario> all() {
    return List.of(
        new SimScenario("first", empty(1), Goal.RELEASE, plain("v1"), RELEASED, "v1"),
        new SimScenario("upgrade", after("v1"), Goal.RELEASE, plain("v2"), RELEASED, "v2"),
        new SimScenario("full", full(), Goal.RELEASE, rich("v2"), RELEASED, "v2"),
        new SimScenario("first-sick", empty(1), Goal.RELEASE, plain("sick"), REVERTED, ""),
        new SimScenario("sick", after("v1"), Goal.RELEASE, plain("sick"), REVERTED, "v1"),
        new SimScenario("full-sick", full(), Goal.RELEASE, rich("sick"), REVERTED, "v1"),
        new SimScenario(
            "migration-fails", failing("db main up"), Goal.RELEASE, rich("v2"), REVERTED, "v1"),
        new SimScenario(
            "failing-revert",
            fragile(),
            Goal.RELEASE,
            plain("sick"),
            Set.of(Outcome.REVERT_FAILED, Outcome.REVERTED),
            "v1"),
        new SimScenario(
            "rollback",
            after("v1", "v2", "v3"),
            Goal.ROLLBACK,
            plain("v3"),
            Set.of(Outcome.ROLLED_BACK),
            "v2"),
        new SimScenario(
            "over-interrupted", interrupted(), Goal.RELEASE, plain("v3"), RELEASED, "v3"),
        new SimScenario(
            "recover",
            interrupted(),
            Goal.RECOVER,
            plain("v3"),
            Set.of(Outcome.RECOVERED, Outcome.NOTHING_CHANGED),
            "v1"),
        new SimScenario(
            "prune",
            crowded(),
            Goal.PRUNE,
            pruning("v5"),
            Set.of(Outcome.PRUNED, Outcome.NOTHING_CHANGED),
            "v5"),
        new SimScenario(
            "stage", after("v1"), Goal.STAGE, plain("v2"), Set.of(Outcome.STAGED), "v1"),
        new SimScenario("activate", staged(), Goal.ACTIVATE, plain("v2"), RELEASED, "v2"),
        new SimScenario(
            "discard",
            staged(),
            Goal.DISCARD,
            naming(staged()),
            Set.of(Outcome.PRUNED, Outcome.NOTHING_CHANGED),
            "v1"),
        new SimScenario(
            "stage-prune", waiting(), Goal.STAGE, pruning("v5"), Set.of(Outcome.STAGED), "v1"),
        new SimScenario("watched", after("v1"), Goal.RELEASE, watched("v2"), RELEASED, "v2"),
        new SimScenario("watched-first", empty(1), Goal.RELEASE, watched("v1"), RELEASED, "v1"),
        new SimScenario("watched-sick", after("v1"), Goal.RELEASE, watched("sick"), REVERTED, "v1"),
        new SimScenario("three", three(), Goal.RELEASE, migrating("v2"), RELEASED, "v2"),
        new SimScenario("three-sick", three(), Goal.RELEASE, migrating("sick"), REVERTED, "v1"));
  }

  /** A release after which all must be well in the world of a scenario, whatever happened there. */
  static SimScenario last(SimScenario base) {
    Consumer<Rig> configuration = base.configuration().andThen(rig -> rig.content = "last");
    return new SimScenario("last", base.world(), Goal.RELEASE, configuration, RELEASED, "last");
  }

  private static World empty(int hosts) {
    World world = new World(hosts);
    world.sick.add("sick");
    return world;
  }

  private static World after(String... contents) {
    return after(empty(1), contents);
  }

  private static World after(World world, String... contents) {
    for (String content : contents) {
      released(world, plain(content), content);
    }
    return world;
  }

  private static void released(World world, Consumer<Rig> configuration, String content) {
    undisturbed(world, Goal.RELEASE, configuration, Outcome.RELEASED, content);
    world.machines().forEach(machine -> world.of(machine).serves = true);
  }

  private static void undisturbed(
      World world, Goal goal, Consumer<Rig> configuration, Outcome outcome, String live) {
    SimScenario scenario =
        new SimScenario("before", world, goal, configuration, Set.of(outcome), live);
    new Trial(scenario, world, Trial.SILENT).undisturbed();
    world.advance(Duration.ofMinutes(1));
  }

  private static World crowded() {
    World world = after(empty(1), "v1", "v2", "v3", "v4", "v5");
    world.keep = 2;
    return world;
  }

  private static World full() {
    World world = empty(1);
    SimDisk disk = world.machines().get(0).disk();
    disk.mkdirs("shared/config");
    disk.write("shared/config/app.properties", "port=8080");
    disk.syncTree("");
    released(world, rich("v1"), "v1");
    world.migrations = List.of("main");
    return world;
  }

  private static World failing(String command) {
    World world = full();
    world.failing.add(command);
    return world;
  }

  private static World fragile() {
    World world = after("v1");
    world.fragile.add("v1");
    return world;
  }

  private static World staged() {
    World world = after("v1");
    undisturbed(world, Goal.STAGE, plain("v2"), Outcome.STAGED, "v1");
    return world;
  }

  /** A release to several hosts that have one already, without migrations. */
  static SimScenario many(int hosts) {
    World world = after(empty(hosts), "v1");
    return new SimScenario("many", world, Goal.RELEASE, plain("v2"), RELEASED, "v2");
  }

  /** The same with a database that all share. */
  static SimScenario manyMigrated(int hosts) {
    World world = empty(hosts);
    released(world, migrating("v1"), "v1");
    world.migrations = List.of("main");
    return new SimScenario("migrated", world, Goal.RELEASE, migrating("v2"), RELEASED, "v2");
  }

  private static World three() {
    World world = empty(3);
    released(world, migrating("v1"), "v1");
    world.migrations = List.of("main");
    return world;
  }

  /** A run that went live and died before its health was known. */
  private static World interrupted() {
    World world = after("v1");
    SimScenario upgrade =
        new SimScenario("before", world, Goal.RELEASE, plain("v2"), RELEASED, "v2");
    SimClient.Point ended =
        new Trial(upgrade, world.copy(), Trial.SILENT)
            .undisturbed().points().stream()
                .filter(point -> point.what().equals("start restart"))
                .findFirst()
                .orElseThrow();
    new Trial(upgrade, world, Trial.SILENT).disturbed(ended.fault(Mishap.CRASH));
    return world;
  }

  private static Consumer<Rig> plain(String content) {
    return rig -> {
      rig.content = content;
      rig.patience = Duration.ofSeconds(3);
      rig.restart = Optional.of(new Command("restart", Duration.ofSeconds(10)));
    };
  }

  private static Consumer<Rig> watched(String content) {
    return plain(content).andThen(rig -> rig.watchdog = true);
  }

  private static Consumer<Rig> pruning(String content) {
    return plain(content).andThen(rig -> rig.keep = 2);
  }

  /** The release that waits in a world. */
  private static Consumer<Rig> naming(World world) {
    String id = world.machines().get(0).disk().names(".cutover/staging").get(0);
    return plain("v1").andThen(rig -> rig.releaseId = Optional.of(new ReleaseId(id)));
  }

  private static World waiting() {
    World world = after("v1");
    for (String content : List.of("v2", "v3", "v4")) {
      undisturbed(world, Goal.STAGE, plain(content), Outcome.STAGED, "v1");
    }
    world.keep = 2;
    return world;
  }

  private static Consumer<Rig> migrating(String content) {
    return plain(content).andThen(rig -> rig.migrations = List.of(migration()));
  }

  private static Consumer<Rig> rich(String content) {
    return migrating(content)
        .andThen(
            rig -> {
              rig.shared = new Shared(List.of("log"), List.of("config/app.properties"));
              rig.build = Optional.of(command("build"));
              List<Hook> hooks = new ArrayList<>();
              for (Hook.Point point : Hook.Point.values()) {
                String name = "hook " + point.word();
                hooks.add(
                    new Hook(
                        point, command(name), Optional.of(command(name + " undo")), Where.ALL));
              }
              rig.hooks = hooks;
            });
  }

  private static Migration migration() {
    return new Migration(
        "main",
        command("db main up"),
        Optional.of(command("db main down")),
        Optional.of(command("db main check")),
        Where.FIRST);
  }

  private static Command command(String text) {
    return new Command(text, Duration.ofSeconds(60));
  }
}

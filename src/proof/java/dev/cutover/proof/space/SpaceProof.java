package dev.cutover.proof.space;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.JournalCodec;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.app.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Squeezes a disk, looks at what becomes of a release, gives it room and releases again. */
final class SpaceProof {

  private static final String OLD = "old";
  private static final String GOOD = "good";
  private static final String SICK = ExampleApp.SICK;

  private final SmallDisk disk;
  private final Path work;
  private final ExampleApp app;
  private final SpaceClient client = new SpaceClient();
  private int spared;
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

  SpaceProof(SmallDisk disk, Path work) {
    this.disk = disk;
    this.work = work;
    this.app = SpaceClient.app(Requests.target(disk.root()), work, SpaceClient.MANY);
  }

  /** How many cases came to their end before their operation came. */
  int spared() {
    return spared;
  }

  /** How the squeezed releases ended. */
  Map<Outcome, Integer> outcomes() {
    return outcomes;
  }

  /** Makes a root with two releases, for each user that will work it. */
  void prepare() throws IOException {
    for (boolean foreign : new boolean[] {false, true}) {
      Files.createDirectory(disk.root());
      if (foreign) {
        disk.give("", Squeeze.NOBODY);
      }
      for (String version : List.of("older", OLD)) {
        OutcomeReport report = client.release(app.request(version), foreign, host -> host);
        if (report.outcome() != Outcome.RELEASED) {
          throw new IOException(client.told());
        }
      }
      disk.save(template(foreign));
      disk.clear();
    }
  }

  private Path template(boolean foreign) {
    return work.resolve(foreign ? "template-foreign" : "template");
  }

  /** Each squeeze before each operation. */
  List<SpaceCase> grid() throws IOException {
    List<SpaceCase> grid = new ArrayList<>();
    for (boolean sick : new boolean[] {false, true}) {
      List<String> operations = operations(sick);
      for (Squeeze squeeze : Squeeze.all()) {
        for (int i = 0; i < operations.size(); i++) {
          grid.add(new SpaceCase(squeeze, sick, i, operations.get(i)));
        }
      }
    }
    return grid;
  }

  private List<String> operations(boolean sick) throws IOException {
    disk.restore(template(false));
    List<StrikingHost> hosts = new ArrayList<>();
    client.release(
        app.request(sick ? SICK : GOOD),
        false,
        host -> {
          hosts.add(new StrikingHost(host, Integer.MAX_VALUE, now -> {}));
          return hosts.get(hosts.size() - 1);
        });
    return hosts.get(0).passed();
  }

  /** What is wrong in a case; nothing is how it must be. */
  List<String> run(SpaceCase tried) throws IOException {
    Squeeze squeeze = tried.squeeze();
    disk.restore(template(squeeze.foreign()));
    boolean[] struck = {false};
    List<String> problems = new ArrayList<>();
    try {
      OutcomeReport report =
          client.release(
              app.request(tried.sick() ? SICK : GOOD),
              squeeze.foreign(),
              host ->
                  new StrikingHost(
                      host,
                      tried.point(),
                      now -> {
                        struck[0] = true;
                        now.letGo();
                        squeeze.strike().to(disk);
                      }));
      outcomes.merge(report.outcome(), 1, Integer::sum);
      problems.addAll(judge(tried, report));
    } finally {
      if (struck[0]) {
        squeeze.lift().to(disk);
      }
    }
    if (!struck[0]) {
      spared++;
    }
    problems.addAll(again(tried));
    return problems.stream().map(problem -> tried + ": " + problem).toList();
  }

  private List<String> judge(SpaceCase tried, OutcomeReport report) throws IOException {
    List<String> problems = new ArrayList<>();
    Path current = disk.root().resolve("current");
    Path live = Files.isDirectory(current) ? current.toRealPath() : Path.of("/nothing");
    boolean old = app.files().whole(live, OLD);
    boolean gone = app.files().whole(live, tried.sick() ? SICK : GOOD);
    if (report.outcome() == Outcome.RELEASED) {
      if (!gone || tried.sick() || !good(live)) {
        problems.add("a success that is none: " + live + "\n" + client.told());
      }
      return problems;
    }
    String told = client.told().toLowerCase(Locale.ROOT);
    // The sick one is taken back in any case, perhaps without ever meeting the disk's limit.
    boolean met = !(tried.sick() && report.outcome() == Outcome.REVERTED);
    if (met && tried.squeeze().named().stream().noneMatch(told::contains)) {
      problems.add(report.outcome() + " does not name the cause:\n" + client.told());
    }
    boolean mayStay =
        report.outcome() != Outcome.REVERTED && report.outcome() != Outcome.NOTHING_CHANGED;
    if (!old && !(mayStay && gone)) {
      problems.add(report.outcome() + ", and what is live is not the old release: " + live);
    }
    return problems;
  }

  private boolean good(Path release) throws IOException {
    HostHistory history =
        HostHistory.of(
            JournalCodec.parse(Files.readString(disk.root().resolve(".cutover/journal"))));
    return history.releases().entrySet().stream()
        .filter(known -> known.getKey().value().equals(release.getFileName().toString()))
        .anyMatch(known -> history.state(known.getKey()).equals(Optional.of(ReleaseState.GOOD)));
  }

  private List<String> again(SpaceCase tried) throws IOException {
    List<String> problems = new ArrayList<>();
    OutcomeReport report =
        client.release(app.request(GOOD), tried.squeeze().foreign(), host -> host);
    if (!report.success()) {
      problems.add("with room again it ends " + report.outcome() + ":\n" + client.told());
      return problems;
    }
    Path live = disk.root().resolve("current").toRealPath();
    if (!app.files().whole(live, GOOD) || !good(live)) {
      problems.add("with room again " + live + " is live");
    }
    for (String left : leftOver(tried)) {
      problems.add("left over: " + left);
    }
    return problems;
  }

  private List<String> leftOver(SpaceCase tried) throws IOException {
    List<String> left = new ArrayList<>();
    Path state = disk.root().resolve(".cutover");
    try (Stream<Path> paths = Files.list(state)) {
      paths
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("trash-.*|current\\..*|room\\..*|.*\\.new|lock"))
          .forEach(left::add);
    }
    List<String> empty = new ArrayList<>(List.of("staging", "runs"));
    if (tried.squeeze().room() && !tried.sick()) {
      empty.add("failed");
    }
    for (String directory : empty) {
      try (Stream<Path> paths = Files.list(state.resolve(directory))) {
        paths.forEach(path -> left.add(directory + "/" + path.getFileName()));
      }
    }
    return left;
  }
}

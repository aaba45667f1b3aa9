package dev.cutover.mojo.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.app.DeployRequest;
import dev.cutover.bundle.BundleSpec;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.Problem;
import dev.cutover.domain.Target;
import dev.cutover.mojo.config.RequestConverter.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every parameter meets every hostile value: it is carried exactly, or refused by its name. */
class HostileParametersTest {

  private static final List<String> HOSTILE =
      List.of(
          "a b",
          " leading and trailing ",
          "it's",
          "say \"hi\"",
          "$(touch /tmp/owned)",
          "`touch /tmp/owned`",
          "${HOME}",
          "a;reboot",
          "a && b || c",
          "a | b > c",
          "line one\nline two",
          "tab\there",
          "carriage\rreturn",
          "nul\0byte",
          "escape\u001b[31m",
          "next\u0085line",
          "del\u007f",
          "-rf",
          "--help",
          "-oProxyCommand=reboot",
          "..",
          "../../etc/passwd",
          "a/../b",
          "a//b",
          "./a",
          "/etc/passwd",
          "~root/x",
          "*?[a-z]",
          "a\\b",
          "a'\"'\"'b",
          "%2e%2e/x",
          "%00",
          "{version}",
          "{unknown}",
          "{{7*7}}",
          "grüße-日本-🚀",
          "\u202eevil",
          "\ud800",
          "x".repeat(5_000),
          "y".repeat(100_000),
          "a/".repeat(600) + "b",
          "<xml/>&amp;",
          "true",
          "-1",
          "999999999999999999999",
          "1e9",
          "0x10",
          "!history",
          "a\nEOF\nreboot",
          "#comment",
          "a=b",
          "C:\\Windows",
          "con",
          ".",
          ",",
          "sftp://h/a,sftp://h/b",
          "http://h/$(x)",
          "http://u:p@h/",
          "http://[::1",
          "h:99999",
          "-h:80",
          "1h-30m",
          "٣s",
          "@");

  /** Where a value is written, how a problem names it, and what of it arrives. */
  private record Parameter(
      String place, BiConsumer<Written, String> write, Function<Job, Object> read) {}

  /** Arrives as a number, a duration or a word: no hostile value may pass. */
  private static final Object NOTHING = new Object();

  private static final List<Parameter> PARAMETERS =
      List.of(
          new Parameter("<target>", (w, v) -> w.xml.target = v, job -> urls(job)),
          new Parameter(
              "<targets><target>[1]",
              (w, v) -> {
                w.xml.target = null;
                w.xml.targets = List.of(v);
              },
              job -> urls(job)),
          new Parameter(
              "project.version", (w, v) -> w.version = v, job -> job.request().project().version()),
          new Parameter(
              "<serverId>",
              (w, v) -> w.xml.serverId = v,
              job -> job.connection().serverId().orElseThrow()),
          new Parameter(
              "<restart>",
              (w, v) -> w.xml.restart = v,
              job -> job.request().spec().restart().orElseThrow().run()),
          new Parameter("<restartTimeout>", (w, v) -> w.xml.restartTimeout = v, job -> NOTHING),
          new Parameter("<keep>", (w, v) -> w.xml.keep = v, job -> job.request().spec().keep()),
          new Parameter("<lockWait>", (w, v) -> w.xml.lockWait = v, job -> NOTHING),
          new Parameter(
              "<watchdog>", (w, v) -> w.xml.watchdog = v, job -> job.request().spec().watchdog()),
          new Parameter(
              "deploy.releaseId",
              (w, v) -> w.xml.releaseId = v,
              job -> job.request().releaseId().orElseThrow()),
          new Parameter("deploy.force", (w, v) -> w.xml.force = v, job -> job.request().force()),
          new Parameter(
              "deploy.knownHosts",
              (w, v) -> w.xml.knownHosts = v,
              job -> job.connection().knownHosts().orElseThrow()),
          new Parameter(
              "deploy.trustOnFirstUse",
              (w, v) -> w.xml.trustOnFirstUse = v,
              job -> job.connection().trustOnFirstUse()),
          new Parameter(
              "<build><run>",
              (w, v) -> {
                w.xml.build = new CommandXml();
                w.xml.build.run = v;
              },
              job -> job.request().spec().build().orElseThrow().run()),
          new Parameter(
              "<build><timeout>",
              (w, v) -> {
                w.xml.build = new CommandXml();
                w.xml.build.run = "true";
                w.xml.build.timeout = v;
              },
              job -> NOTHING),
          new Parameter(
              "<shared><dirs><dir>[1]",
              (w, v) -> {
                w.xml.shared = new SharedXml();
                w.xml.shared.dirs = List.of(v);
              },
              job -> job.request().spec().shared().dirs().get(0)),
          new Parameter(
              "<shared><files><file>[1]",
              (w, v) -> {
                w.xml.shared = new SharedXml();
                w.xml.shared.files = List.of(v);
              },
              job -> job.request().spec().shared().files().get(0)),
          new Parameter("<hooks><hook>[1]<at>", (w, v) -> w.withHook().hook.at = v, job -> NOTHING),
          new Parameter(
              "<hooks><hook>[1]<run>",
              (w, v) -> w.withHook().hook.run = v,
              job -> job.request().spec().hooks().get(0).run().run()),
          new Parameter(
              "<hooks><hook>[1]<undo>",
              (w, v) -> w.withHook().hook.undo = v,
              job -> job.request().spec().hooks().get(0).undo().orElseThrow().run()),
          new Parameter("<hooks><hook>[1]<on>", (w, v) -> w.withHook().hook.on = v, job -> NOTHING),
          new Parameter(
              "<hooks><hook>[1]<timeout>", (w, v) -> w.withHook().hook.timeout = v, job -> NOTHING),
          new Parameter(
              "<migrations><migration>[1]<id>",
              (w, v) -> w.withMigration().migration.id = v,
              job -> job.request().spec().migrations().get(0).id()),
          new Parameter(
              "<migrations><migration>[1]<preset>",
              (w, v) -> w.withMigration().migration.preset = v,
              job -> NOTHING),
          new Parameter(
              "<migrations><migration>[1]<up>",
              (w, v) -> w.withMigration().migration.up = v,
              job -> job.request().spec().migrations().get(0).up().run()),
          new Parameter(
              "<migrations><migration>[1]<down>",
              (w, v) -> w.withMigration().migration.down = v,
              job -> job.request().spec().migrations().get(0).down().orElseThrow().run()),
          new Parameter(
              "<migrations><migration>[1]<check>",
              (w, v) -> w.withMigration().migration.check = v,
              job -> job.request().spec().migrations().get(0).check().orElseThrow().run()),
          new Parameter(
              "<migrations><migration>[1]<version>",
              (w, v) -> w.withMigration().migration.version = v,
              job -> job.request().spec().migrations().get(0).version().orElseThrow().run()),
          new Parameter(
              "<migrations><migration>[1]<backup>",
              (w, v) -> w.withMigration().migration.backup = v,
              job -> job.request().spec().migrations().get(0).backup().orElseThrow().run()),
          new Parameter(
              "<migrations><migration>[1]<restore>",
              (w, v) -> {
                w.withMigration().migration.backup = "true";
                w.migration.restore = v;
              },
              job -> job.request().spec().migrations().get(0).restore().orElseThrow().run()),
          new Parameter(
              "<migrations><migration>[1]<on>",
              (w, v) -> w.withMigration().migration.on = v,
              job -> NOTHING),
          new Parameter(
              "<migrations><migration>[1]<undoOrder>",
              (w, v) -> w.withMigration().migration.undoOrder = v,
              job -> NOTHING),
          new Parameter(
              "<migrations><migration>[1]<probeOld>",
              (w, v) -> w.withMigration().migration.probeOld = v,
              job -> NOTHING),
          new Parameter(
              "<migrations><migration>[1]<forward>",
              (w, v) -> w.withMigration().migration.forward = v,
              job -> NOTHING),
          new Parameter(
              "<migrations><migration>[1]<timeout>",
              (w, v) -> w.withMigration().migration.timeout = v,
              job -> NOTHING),
          new Parameter(
              "<health><timeout>",
              (w, v) -> w.withCommandCheck().health().timeout = v,
              job -> NOTHING),
          new Parameter(
              "<health><interval>",
              (w, v) -> w.withCommandCheck().health().interval = v,
              job -> NOTHING),
          new Parameter(
              "<health><successes>",
              (w, v) -> w.withCommandCheck().health().successes = v,
              job -> NOTHING),
          new Parameter(
              "<health>",
              (w, v) -> {
                w.xml.health = new HealthXml();
                w.xml.health.set(v);
              },
              job -> only(job.request())),
          new Parameter(
              "<health><checks><check>[1]<http>",
              (w, v) -> w.withHttpCheck().check.http = v,
              job -> http(job.request()).url()),
          new Parameter(
              "<health><checks><check>[1]<status>",
              (w, v) -> w.withHttpCheck().check.status = v,
              job -> NOTHING),
          new Parameter(
              "<health><checks><check>[1]<contains>",
              (w, v) -> w.withHttpCheck().check.contains = v,
              job -> http(job.request()).contains().orElseThrow()),
          new Parameter(
              "<health><checks><check>[1]<jsonPointer>",
              (w, v) -> w.withHttpCheck().check.jsonPointer = v,
              job -> http(job.request()).json().orElseThrow().pointer()),
          new Parameter(
              "<health><checks><check>[1]<equals>",
              (w, v) -> w.withHttpCheck().check.equals = v,
              job -> http(job.request()).json().orElseThrow().equals()),
          new Parameter(
              "<health><checks><check>[1]<via>",
              (w, v) -> w.withHttpCheck().check.via = v,
              job -> NOTHING),
          new Parameter(
              "<health><checks><check>[1]<tcp>",
              (w, v) -> w.withCheck().check.tcp = v,
              job -> NOTHING),
          new Parameter(
              "<health><checks><check>[1]<command>",
              (w, v) -> w.withCheck().check.command = v,
              job -> ((HealthCheck.Run) check(job.request())).run()),
          new Parameter(
              "<bundle><dependencies>",
              (w, v) -> {
                w.xml.bundle = new BundleXml();
                w.xml.bundle.dependencies = v;
                w.dependency("g", "d.jar");
              },
              job ->
                  job.request()
                      .bundle()
                      .orElseThrow()
                      .items()
                      .get(1)
                      .as()
                      .replaceFirst("/d.jar$", "")),
          new Parameter(
              "<bundle><files><file>[1]<source>",
              (w, v) -> w.withFile().file.source = v,
              job -> item(job.request()).source()),
          new Parameter(
              "<bundle><files><file>[1]<as>",
              (w, v) -> w.withFile().file.as = v,
              job -> item(job.request()).as()),
          new Parameter(
              "<bundle><files><file>[1]<unpack>",
              (w, v) -> w.withFile().file.unpack = v,
              job -> item(job.request()).unpack()),
          new Parameter(
              "<bundle><files><file>[1]<executables>",
              (w, v) -> w.withFile().file.executables = v,
              job -> globs(item(job.request()))),
          new Parameter(
              "<bundle><files><file>[1]<mode>",
              (w, v) -> w.withFile().file.mode = v,
              job -> NOTHING));

  @TestFactory
  Stream<DynamicTest> carriedExactlyOrRefusedByName() {
    return PARAMETERS.stream()
        .map(
            parameter ->
                DynamicTest.dynamicTest(
                    parameter.place(), () -> HOSTILE.forEach(value -> meets(parameter, value))));
  }

  private static void meets(Parameter parameter, String value) {
    Written written = new Written();
    parameter.write().accept(written, value);
    List<Problem> problems = written.problems();
    String meeting = parameter.place() + " = " + Values.quoted(value);
    if (problems.isEmpty()) {
      Object arrived = parameter.read().apply(written.job());
      assertThat(String.valueOf(arrived))
          .as(meeting)
          .isIn(value, value.trim(), tidy(value), Path.of(value.replace("\0", "")).toString());
    } else {
      assertThat(problems)
          .as(meeting)
          .allSatisfy(problem -> assertThat(problem.parameter()).startsWith(parameter.place()));
      assertThat(problems.toString()).as(meeting).doesNotContain("u:p@").hasSizeLessThan(2000);
      assertThat(problems.toString().chars()).as(meeting).noneMatch(c -> c < 0x20 || c == 0x7f);
    }
  }

  /** A path without the segments that mean nothing: what sources of a bundle become. */
  private static String tidy(String value) {
    return value.indexOf(0) >= 0 ? value : Written.BASE.resolve(value).normalize().toString();
  }

  private static String urls(Job job) {
    return job.request().targets().stream().map(Target::url).collect(Collectors.joining(","));
  }

  private static String globs(BundleSpec.Item item) {
    return item.executables().isEmpty() ? "," : String.join(",", item.executables());
  }

  private static HealthCheck check(DeployRequest request) {
    return request.spec().health().checks().get(0);
  }

  private static HealthCheck.Http http(DeployRequest request) {
    return (HealthCheck.Http) check(request);
  }

  private static Object only(DeployRequest request) {
    return check(request) instanceof HealthCheck.Run run ? run.run() : http(request).url();
  }

  private static BundleSpec.Item item(DeployRequest request) {
    return request.bundle().orElseThrow().items().get(0);
  }
}

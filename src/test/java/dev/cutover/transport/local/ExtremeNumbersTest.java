package dev.cutover.transport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostRefusedException;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.ScriptedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts whose tools tell numbers that some awk, some shell or we could stumble over. */
@Execution(ExecutionMode.CONCURRENT)
class ExtremeNumbersTest {

  private static final String RUN = "00000000000000a1";
  private static final String TWO_31 = "2147483648";
  private static final String TWO_63 = "9223372036854775808";

  private final Path temp;
  private final Layout layout;
  private final FactsQuery query;

  ExtremeNumbersTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    layout = new Layout(new RemotePath(temp.toRealPath().resolve("root").toString()));
    query = new FactsQuery(new Target.Root.Absolute(layout.root()), Shared.NONE);
  }

  /** What df says is free of blocks and inodes, and all inodes; and what is understood. */
  static Stream<Arguments> disks() {
    return Stream.of(
        Arguments.of(TWO_31, TWO_31, TWO_31, (1L << 31) * 1024, 1L << 31),
        Arguments.of(TWO_63, TWO_63, TWO_63, Long.MAX_VALUE, Long.MAX_VALUE),
        Arguments.of("-", "0", "0", Long.MAX_VALUE, Long.MAX_VALUE),
        Arguments.of("5", "-", "-", 5 * 1024L, Long.MAX_VALUE),
        Arguments.of("1,024", "7", "7", Long.MAX_VALUE, 7L),
        Arguments.of("-12", "7", "7", Long.MAX_VALUE, 7L));
  }

  @ParameterizedTest
  @MethodSource("disks")
  void factsAreReadAndAFailureIsTold(
      String blocks, String inodes, String all, long bytes, long free) throws IOException {
    int index = 0;
    for (String shell : List.of("dash", "bash", "busybox")) {
      for (String awk : awks()) {
        Path place = temp.resolve("tools" + index++);
        try (ToolBox box = box(place, shell, awk).with("df", df(blocks, inodes, all));
            ScriptedHost host = host(box)) {
          HostFacts facts = host.facts(query);
          assertThat(facts.freeBytes()).as(shell + "/" + awk).isEqualTo(bytes);
          assertThat(facts.freeInodes()).as(shell + "/" + awk).isEqualTo(free);
          LockToken token = lock(host);
          OpResult failed = perform(host, token, run("fails" + index, "exit 3"));
          assertThat(failed.status()).isEqualTo(3);
          assertThat(perform(host, token, new HostOp.Unlock()).ok()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "", "0", "0123", "1.6e+09", "soon", "99999999999999999999", "1 2"})
  void aClockThatTellsNoTimeIsAClearError(String said) throws IOException {
    try (ToolBox box = box(temp, "dash", "mawk").with("date", date("echo '" + said + "'"));
        ScriptedHost host = host(box)) {
      assertThatThrownBy(() -> host.facts(query))
          .isInstanceOf(CutoverException.class)
          .hasMessageContaining("localhost: its clock cannot be understood")
          .hasMessageContaining("date +%s says '" + said + "'");
      assertThatThrownBy(() -> lock(host))
          .isInstanceOf(HostRefusedException.class)
          .hasMessageContaining("date +%s says '" + said + "'; nothing was changed");
      assertThat(Path.of(layout.root().value())).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "", "-7", "1.6e+99", "12 34", "'$(id)'"})
  void aBeatThatIsNoTimeIsUnknownAndNotOneThatStandsStill(String said) throws IOException {
    try (ToolBox box =
            box(temp, "dash", "mawk")
                .with(
                    "date",
                    "case $1 in -r) printf '%s\\n' \""
                        + said
                        + "\" ;; *) exec REAL \"$@\" ;; esac");
        ScriptedHost host = host(box)) {
      LockToken token = lock(host);
      HostFacts facts = host.facts(query);
      assertThat(facts.lock()).hasValue(token.text());
      assertThat(facts.beat()).isEmpty();
    }
  }

  @Test
  void aSequenceBeyondTwoToTheThirtyOneGoesOn() throws IOException {
    for (String awk : awks()) {
      Path place = Files.createDirectories(temp.resolve(awk));
      try (ToolBox box = box(place, "dash", awk);
          ScriptedHost host = host(box)) {
        LockToken token = lock(host);
        perform(host, token, new HostOp.Unlock());
        Path state = Path.of(layout.state().value());
        Files.writeString(state.resolve("seq"), "lost");
        Files.writeString(
            state.resolve("journal"), "\n1 0 1700000000 4294967296 x\n\n1 0 1 99 x\n");
        assertThat(lock(host).seq()).as(awk).isEqualTo(4294967297L);
        Files.delete(state.resolve("lock"));
        Files.writeString(state.resolve("seq"), "1".repeat(30));
        assertThat(lock(host).seq()).as(awk).isEqualTo(4294967298L);
        Files.delete(state.resolve("lock"));
      }
    }
  }

  private static List<String> awks() {
    return Stream.of("mawk", "gawk", "busybox")
        .filter(
            awk ->
                Files.isExecutable(Path.of("/usr/bin", awk))
                    || Files.isExecutable(Path.of("/bin", awk)))
        .toList();
  }

  private ScriptedHost host(ToolBox box) {
    return new ScriptedHost(
        new Target.Local(new Target.Root.Absolute(layout.root()), "file://" + layout.root()),
        box.connect());
  }

  private static ToolBox box(Path place, String shell, String awk) throws IOException {
    if (shell.equals("busybox")) {
      ToolBox box = ToolBox.busybox(place);
      return awk.equals("busybox") ? box : box.awk(awk);
    }
    ToolBox box = ToolBox.withShell(place, shell);
    return awk.equals("busybox") ? box.with("awk", "exec busybox awk \"$@\"") : box.awk(awk);
  }

  private static String df(String blocks, String inodes, String all) {
    return """
        case $1 in
        -Pk)
          echo 'Filesystem 1024-blocks Used Available Capacity Mounted on'
          echo '/dev/sda1 %1$s 1 %1$s 50%% /'
          ;;
        *)
          echo 'Filesystem Inodes IUsed IFree IUse%% Mounted on'
          echo '/dev/sda1 %3$s 1 %2$s 50%% /'
          ;;
        esac"""
        .formatted(blocks, inodes, all);
  }

  private static String date(String said) {
    return "case $1 in +%s) " + said + " ;; *) exec REAL \"$@\" ;; esac";
  }

  private LockToken lock(ScriptedHost host) {
    String url = "file://" + layout.root();
    LockReply reply = host.lock(new LockRequest(RUN, "me", Goal.RELEASE, List.of(url), url), query);
    assertThat(reply).isInstanceOf(LockReply.Granted.class);
    return ((LockReply.Granted) reply).token();
  }

  private OpResult perform(ScriptedHost host, LockToken token, HostOp op) {
    return host.perform(layout, token, List.of(op), OpListener.SILENT).get(0);
  }

  private HostOp run(String name, String text) {
    return new HostOp.Run(
        new HostOp.CommandRun(name, text, layout.root(), Map.of(), 20, Optional.empty()), RUN);
  }
}

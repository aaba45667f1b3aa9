package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.HostFacts.Current;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.error.HostLostException;
import dev.cutover.testkit.host.HostView;
import dev.cutover.testkit.host.TestPayload;
import dev.cutover.testkit.sim.Caller;
import dev.cutover.testkit.sim.Machine;
import dev.cutover.testkit.sim.Mishap;
import dev.cutover.testkit.sim.SimHost;
import dev.cutover.testkit.sim.SimView;
import dev.cutover.testkit.sim.SimWorld;
import dev.cutover.testkit.sim.SmallShell;
import dev.cutover.testkit.sim.Writes;
import dev.cutover.testkit.time.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A host in memory keeps the contract too, and is the only one that can be switched off. */
class SimHostTest extends HostContract {

  private final SimWorld world = new SimWorld(new ManualClock(), new SmallShell());
  private final Layout place = new Layout(new RemotePath("/srv").child(ODD));
  private final Target target =
      new Target.Local(new Target.Root.Absolute(place.root()), "file://" + place.root());
  private final Machine machine = world.add(target, place);

  @Override
  Layout place() {
    return place;
  }

  @Override
  HostView view() {
    return new SimView(machine);
  }

  @Override
  Host another() {
    return SimHost.open(world, world::advance, target);
  }

  @Override
  String user() {
    return "deployer";
  }

  @Override
  void pass(Duration time) {
    world.advance(time);
  }

  @Override
  void start(LockToken token, HostOp op) {
    Host client = meeting("follow", Mishap.CUT);
    assertThatThrownBy(() -> client.perform(layout, token, List.of(op), OpListener.SILENT))
        .isInstanceOf(HostLostException.class);
  }

  /** A host to whose scripts something happens at a point. */
  private Host meeting(String where, Mishap mishap) {
    Caller caller =
        new Caller() {
          @Override
          public void sleep(Duration pause) {
            world.advance(pause);
          }

          @Override
          public Optional<Mishap> pass(Machine on, String what, Writes writes) {
            return Optional.of(mishap).filter(same -> what.equals(where));
          }
        };
    return SimHost.open(world, caller, target);
  }

  @Override
  AutoCloseable worksIn(String directory) {
    machine.working().add(directory);
    return () -> machine.working().remove(directory);
  }

  @Test
  void aPowerCutEndsTheLockAndWhatWasNotSynced() {
    release(ONE, new TestPayload().with("a", "1"));
    LockToken token = lock(OTHER_RUN);
    upload(TWO, new TestPayload().with("a", "2"));
    Host struck = meeting("rename the link to current", Mishap.POWER);
    one(token, assemble(TWO, Shared.NONE, Map.of()), seal(TWO, false), new HostOp.Publish(TWO));
    assertThatThrownBy(() -> struck.perform(layout, token, List.of(toLive(TWO)), OpListener.SILENT))
        .isInstanceOf(HostLostException.class);

    pass(Duration.ofMinutes(1));
    host = another();
    files = view();
    assertThat(first(token, new HostOp.Unlock()).status()).isEqualTo(OpResult.FENCED);
    assertThat(host.facts(query()).current()).isEqualTo(new Current.Live(layout.release(ONE)));
    assertThat(host.facts(query()).releases()).containsExactly(ONE, TWO);
    assertThat(entries())
        .endsWith(
            new JournalEntry.Switching(
                RUN, Optional.of(layout.release(ONE)), Optional.of(layout.release(TWO))));
  }

  @Test
  void onAFullDiskTheReserveLetsARunEnd() {
    LockToken token = lock();
    machine.full(true);
    OpResult explained = first(token, new HostOp.Explain(ONE));
    assertThat(Obstacle.of(explained)).contains(Obstacle.SPACE);
    one(token, new HostOp.Append(new JournalEntry.StepUndone(RUN, "x")), new HostOp.Unlock());
    assertThat(files.exists(".cutover/reserve")).isFalse();
  }
}

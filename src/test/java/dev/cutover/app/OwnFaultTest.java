package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseId;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.SimServer;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fault of the client's own on one host is a failure as any other: the run goes back. */
class OwnFaultTest {

  private static final String FAULT = "a fault of Cutover: please report it";

  private final Rig rig = new Rig("app1", "app2");

  private OutcomeReport release(String content) {
    rig.content = content;
    rig.clock.advance(Duration.ofMinutes(1));
    return rig.deployments().release(rig.request());
  }

  @Test
  void inTheCodeOfAStepItRevertsTheRun() {
    ReleaseId first = release("v1").release().orElseThrow();
    rig.health =
        (host, directory) -> {
          if (host.target().host().equals("app2") && !directory.name().equals(first.value())) {
            throw new IndexOutOfBoundsException("seven");
          }
          return Health.HEALTHY;
        };
    OutcomeReport report = release("v2");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened())
        .contains("app2")
        .contains(FAULT)
        .contains("IndexOutOfBoundsException: seven")
        .contains("at dev.cutover");
    assertThat(rig.servers.all()).allMatch(server -> server.live().orElseThrow().equals(first));
    assertThat(rig.servers.all()).allMatch(server -> server.lock().isEmpty());
  }

  /** What the host was sent it may have done: the next run settles what cannot be told now. */
  @ParameterizedTest
  @ValueSource(strings = {"Assemble", "Seal", "Publish", "Switch", "Commit"})
  void whileAHostWorksItCountsAsALostReply(String op) {
    ReleaseId first = release("v1").release().orElseThrow();
    AtomicBoolean armed = new AtomicBoolean(true);
    rig.connector =
        target -> faulty(server(target.host()).connect(), name -> name.equals(op) && armed.get());
    OutcomeReport report = release("v2");
    assertThat(report.outcome()).isNotIn(Outcome.RELEASED, Outcome.NOTHING_CHANGED);
    assertThat(report.happened()).contains(FAULT);
    armed.set(false);
    assertThat(release("v3").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(rig.servers.all())
        .allMatch(server -> !server.live().orElseThrow().equals(first))
        .allMatch(server -> server.lock().isEmpty());
  }

  /** It is decided by then: only what is live there cannot be told. */
  @Test
  void whileAHostIsReadAfterTheDecisionItIsOneThatCannotBeRead() {
    var unused = release("v1");
    AtomicBoolean committed = new AtomicBoolean();
    rig.connector =
        target ->
            faulty(
                server(target.host()).connect(),
                name -> {
                  committed.compareAndSet(false, name.equals("Commit"));
                  return name.equals("facts") && committed.get() && target.host().equals("app2");
                });
    OutcomeReport report = release("v2");
    assertThat(report.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    assertThat(report.happened()).contains("app2").contains("it cannot be read").contains(FAULT);
    assertThat(rig.servers.all()).allMatch(server -> server.lock().isEmpty());
  }

  private SimServer server(String name) {
    return rig.server(name);
  }

  private static Host faulty(Host host, Predicate<String> at) {
    return (Host)
        Proxy.newProxyInstance(
            Host.class.getClassLoader(),
            new Class<?>[] {Host.class},
            (proxy, method, arguments) -> {
              boolean there =
                  method.getName().equals("perform")
                      ? ((List<?>) arguments[2])
                          .stream()
                              .filter(HostOp.class::isInstance)
                              .anyMatch(each -> at.test(each.getClass().getSimpleName()))
                      : at.test(method.getName());
              if (there) {
                throw new IllegalStateException("a bug");
              }
              try {
                return method.invoke(host, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}

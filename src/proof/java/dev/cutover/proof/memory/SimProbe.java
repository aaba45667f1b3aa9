package dev.cutover.proof.memory;

import dev.cutover.health.Attempts;
import dev.cutover.health.HealthProber;
import dev.cutover.health.HealthQuestion;
import dev.cutover.health.HealthVerdict;
import dev.cutover.step.Probe;
import dev.cutover.transport.Host;
import java.time.Clock;
import javax.net.ssl.SSLSocketFactory;

/** The real prober, in the time of the world. */
final class SimProbe implements Probe {

  private static final SSLSocketFactory TLS = (SSLSocketFactory) SSLSocketFactory.getDefault();

  private final HealthProber prober;

  SimProbe(SimClient client, Clock clock) {
    prober = new HealthProber(clock, client::sleep, TLS);
  }

  @Override
  public HealthVerdict untilDecided(Host host, HealthQuestion question, Attempts attempts) {
    return prober.untilDecided(host, question, attempts);
  }

  @Override
  public HealthVerdict once(Host host, HealthQuestion question, Attempts attempts) {
    return prober.once(host, question, attempts);
  }
}

package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.health.HealthQuestion;
import dev.cutover.health.HealthVerdict;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpResult;
import java.util.List;
import java.util.Map;

/** What a step's own code may use while it works on one host. */
public interface Bench {

  Member member();

  /** Performs operations whose output belongs to this step. */
  List<OpResult> perform(List<HostOp> ops);

  /** Tells how far an upload is. */
  void progress(long done, long total);

  /** Asks the health checks until they decide. */
  HealthVerdict probe(HealthQuestion question);

  /** Runs a command on this machine. */
  void runHere(Command command, Map<String, String> environment);

  /** Something the user should act on some day. */
  void warn(String text);
}

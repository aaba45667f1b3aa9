package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.error.CutoverException;
import dev.cutover.health.HealthQuestion;
import dev.cutover.health.HealthVerdict;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a step's own code may use while it works on one host. */
public interface Bench {

  Member member();

  /** Performs operations whose output belongs to this step. */
  List<OpResult> perform(List<HostOp> ops);

  /**
   * Performs operations on the run's other members, side by side.
   *
   * @return what went wrong there, by member; the work on this one need not stop for it
   */
  Map<String, CutoverException> performElsewhere(List<HostOp> ops);

  /** The same as {@link #perform(List)}; {@code heard} also hears what the commands write. */
  List<OpResult> perform(List<HostOp> ops, Consumer<String> heard);

  /** Says in a sentence what became of an operation that failed. */
  CutoverException failure(HostOp op, OpResult result);

  /** Tells how far an upload is. */
  void progress(long done, long total);

  /** Asks the health checks until they decide. */
  HealthVerdict probe(HealthQuestion question);

  /** Runs a command on this machine. */
  void runHere(Command command, Map<String, String> environment);

  /**
   * The same; {@code heard} also hears what it writes.
   *
   * @throws CommandFailedException if it did not exit 0
   */
  void runHere(Command command, Map<String, String> environment, Consumer<String> heard);

  /** Keeps a fact about a step on this member until the run ends, for when it is taken back. */
  void remember(Step step, String name, String value);

  /** A fact that was kept. */
  Optional<String> recall(Step step, String name);

  /** Says what became of the member, for the outcome. */
  void note(String text);

  /** Something the user should know. */
  void tell(String text);

  /** Something the user should act on some day. */
  void warn(String text);
}

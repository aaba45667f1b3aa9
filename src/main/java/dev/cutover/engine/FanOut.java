package dev.cutover.engine;

import dev.cutover.step.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same on several members at once and waits for all of them. */
final class FanOut {

  private FanOut() {}

  /** The failures, in the members' order; other exceptions are thrown when all have ended. */
  static List<StepFailure> over(Tools tools, List<Member> members, Consumer<Member> work) {
    if (members.size() == 1) {
      return one(members.get(0), work);
    }
    ExecutorService pool = tools.workers().open(members.size());
    try {
      List<Future<List<StepFailure>>> futures =
          members.stream().map(member -> pool.submit(() -> one(member, work))).toList();
      List<StepFailure> failures = new ArrayList<>();
      for (Future<List<StepFailure>> future : futures) {
        failures.addAll(await(future));
      }
      return failures;
    } finally {
      pool.shutdown();
    }
  }

  private static List<StepFailure> one(Member member, Consumer<Member> work) {
    try {
      work.accept(member);
      return List.of();
    } catch (StepFailure e) {
      return List.of(e);
    }
  }

  private static List<StepFailure> await(Future<List<StepFailure>> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

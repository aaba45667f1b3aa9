package dev.cutover.engine;

import dev.cutover.error.CutoverException;
import dev.cutover.error.OwnFaultException;
import dev.cutover.step.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does the same on several members at once and waits for all of them. */
final class FanOut {

  private FanOut() {}

  /** The failures, in the members' order; other exceptions are thrown when all have ended. */
  static List<StepFailure> over(Tools tools, List<Member> members, Consumer<Member> work) {
    return each(tools, members, member -> one(member, work)).stream()
        .flatMap(List::stream)
        .toList();
  }

  /** What is had of each, in the members' order; exceptions are thrown when all have ended. */
  static <T> List<T> each(Tools tools, List<Member> members, Function<Member, T> work) {
    if (members.size() <= 1) {
      return members.stream().map(work).toList();
    }
    ExecutorService pool = tools.workers().open(members.size());
    try {
      List<Future<T>> futures =
          members.stream().map(member -> pool.submit(() -> work.apply(member))).toList();
      List<T> had = new ArrayList<>();
      for (Future<T> future : futures) {
        had.add(await(future));
      }
      return had;
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
    } catch (CutoverException e) {
      return List.of(StepFailure.somewhere(member.name(), e));
    } catch (RuntimeException | LinkageError | VirtualMachineError e) {
      // A fault of ours on one host must not keep the others from being taken back.
      return List.of(StepFailure.somewhere(member.name(), new OwnFaultException(e)));
    }
  }

  private static <T> T await(Future<T> future) {
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

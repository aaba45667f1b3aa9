package dev.cutover.app;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.journal.JournalEntry.MigrationJudged;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.Run;
import dev.cutover.error.CutoverException;
import dev.cutover.step.Member;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes down what a person found out about a database in doubt, and takes back what was left of
 * the run that had to stop at the doubt: the migrations before that one, and its files.
 */
final class Judging {

  private final Wiring wiring;
  private final DeployRequest request;
  private final String runId;

  Judging(Wiring wiring, DeployRequest request, String runId) {
    this.wiring = wiring;
    this.request = request;
    this.runId = runId;
  }

  /**
   * The members as they are afterwards.
   *
   * @throws Refusal if the database is not in doubt
   */
  List<Member> judge(List<Member> members) {
    DeployRequest.Found found = request.found().orElseThrow();
    List<KnownMigration> dirty = new ArrayList<>();
    for (Member member : members) {
      member.history().dirty().stream()
          .filter(known -> known.migration().equals(found.migration()))
          .forEach(
              known -> {
                write(member, known, found.applied() ? Verdict.APPLIED : Verdict.UNDONE);
                dirty.add(known);
              });
    }
    if (dirty.isEmpty()) {
      throw new Refusal(
          "the database of migration " + found.migration() + " is not in doubt",
          request.goalCommand() + "status");
    }
    List<Member> now = members.stream().map(this::reread).toList();
    now.forEach(member -> rest(member, now, found, dirty));
    return now.stream().map(this::reread).toList();
  }

  /** The member as it took part in a past run: it may have led there. */
  private static Member in(Run run, Member member, List<Member> members) {
    return new Lead(run.started().runId(), members)
        .marked().stream()
            .filter(marked -> marked.name().equals(member.name()))
            .findFirst()
            .orElse(member);
  }

  private void write(Member member, KnownMigration known, Verdict verdict) {
    HostOp op =
        new HostOp.Append(
            new MigrationJudged(
                runId, known.release(), known.migration(), verdict, "said " + wiring.owner()));
    List<OpResult> results = member.perform(List.of(op), OpListener.SILENT);
    if (!results.get(0).ok()) {
      throw new Refusal(
          "%s: it could not be written down: %s"
              .formatted(member.name(), results.get(0).message().strip()),
          request.goalCommand() + "status");
    }
  }

  private void rest(
      Member member, List<Member> members, DeployRequest.Found found, List<KnownMigration> dirty) {
    for (Run run : member.history().runs()) {
      if (run.end().equals(Optional.of(Outcome.IN_DOUBT))
          && run.commit().isEmpty()
          && dirty.stream().anyMatch(known -> run.subject().equals(Optional.of(known.release())))) {
        takeBack(in(run, member, members), run, found);
      }
    }
    finish(member, members, dirty);
  }

  /** A rollback that had decided goes on with the downs that it still owes. */
  private void finish(Member member, List<Member> members, List<KnownMigration> dirty) {
    member.history().runs().stream()
        .filter(run -> run.started().goal() == Goal.ROLLBACK && run.commit().isPresent())
        .filter(run -> run.end().equals(Optional.of(Outcome.IN_DOUBT)))
        .filter(run -> dirty.stream().anyMatch(known -> touches(run, known)))
        .reduce((older, newer) -> newer)
        .ifPresent(
            run ->
                rest(
                    member,
                    () ->
                        new Interrupted(in(run, member, members), run, request)
                            .finishDowns(wiring.tools())));
  }

  private static boolean touches(Run run, KnownMigration dirty) {
    return run.migrations().stream()
        .anyMatch(
            touched ->
                touched.migration().equals(dirty.migration())
                    && touched.release().equals(dirty.release()));
  }

  private void takeBack(Member member, Run run, DeployRequest.Found found) {
    rest(
        member,
        () ->
            new Interrupted(member, run, request).takeBackRest(wiring.tools(), found.migration()));
  }

  private void rest(Member member, Runnable work) {
    try {
      work.run();
    } catch (CutoverException e) {
      throw new Refusal(
          "%s: what was said is written down, but the rest of the run could not be taken back: %s"
              .formatted(member.name(), e.getMessage()),
          request.goalCommand() + "status");
    }
  }

  private Member reread(Member member) {
    return member.with(
        member
            .host()
            .facts(new FactsQuery(member.host().target().root(), request.spec().shared())));
  }
}

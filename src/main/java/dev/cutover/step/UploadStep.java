package dev.cutover.step;

import dev.cutover.domain.Payload;
import dev.cutover.domain.Sizes;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostLostException;
import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.Obstacle;
import dev.cutover.transport.OpResult;
import java.util.List;

/** Sends the files into {@code staging/}. Taking it back takes the release back, wherever it is. */
public record UploadStep(RunInfo run, Payload payload) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("stage", "upload");
  }

  @Override
  public String does() {
    return "send %d files, %s, to staging/%s"
        .formatted(payload.files().count(), Sizes.text(payload.files().bytes()), run.subject());
  }

  @Override
  public String undoes() {
    return Quarantines.WORDS + run.subject();
  }

  @Override
  public Deed perform(Member member) {
    return new Deed.Code(
        bench -> {
          upload(bench);
          return Sizes.text(payload.files().bytes());
        });
  }

  private void upload(Bench bench) {
    Member member = bench.member();
    try {
      member.host().upload(member.layout(), run.subject(), payload, bench::progress);
    } catch (HostLostException lost) {
      throw lost;
    } catch (CutoverException failed) {
      throw explained(bench, failed);
    }
  }

  /** With its cause, which only the host knows: SFTP has one word for all of them. */
  private CutoverException explained(Bench bench, CutoverException failed) {
    String what = String.valueOf(failed.getMessage());
    OpResult tried = bench.perform(List.of(new HostOp.Explain(run.subject()))).get(0);
    return Obstacle.of(tried)
        .or(() -> Obstacle.in(what))
        .map(obstacle -> obstacle.failure(what))
        .orElse(failed);
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    return Quarantines.deed(run, cause);
  }
}

package dev.cutover.step;

import dev.cutover.domain.Payload;
import dev.cutover.domain.Sizes;
import dev.cutover.event.StepRef;

/** Sends the files into {@code staging/}. Taking it back takes the release back, wherever it is. */
public record UploadStep(RunInfo run, Payload payload) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("stage", "upload");
  }

  @Override
  public String does() {
    return "send %d files, %s, to staging/%s"
        .formatted(
            payload.manifest().entries().size(),
            Sizes.text(payload.manifest().bytes()),
            run.subject());
  }

  @Override
  public String undoes() {
    return Quarantines.WORDS + run.subject();
  }

  @Override
  public Deed perform(Member member) {
    return new Deed.Code(
        bench -> {
          member.host().upload(member.layout(), run.subject(), payload, bench::progress);
          return Sizes.text(payload.manifest().bytes());
        });
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    return Quarantines.deed(run, cause);
  }
}

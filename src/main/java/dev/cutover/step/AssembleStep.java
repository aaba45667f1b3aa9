package dev.cutover.step;

import dev.cutover.domain.Listing;
import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks what arrived against the manifest and makes it a release: modes, VERSION, shared links.
 */
public record AssembleStep(RunInfo run, Listing files) implements Step {

  private static final int DEFAULT_MODE = 0644;

  @Override
  public StepRef ref() {
    return new StepRef("stage", "assemble");
  }

  @Override
  public String does() {
    int links = run.spec().shared().dirs().size() + run.spec().shared().files().size();
    return "check %d digests, set modes, make %d shared links".formatted(files.count(), links);
  }

  @Override
  public Deed perform(Member member) {
    // A tar carries its modes; only the few files of a small upload need them told.
    Map<String, Integer> modes =
        files.count() > SMALL_UPLOAD
            ? Map.of()
            : files.items().stream()
                .filter(file -> file.mode() != DEFAULT_MODE)
                .collect(Collectors.toMap(Listing.Item::path, Listing.Item::mode));
    return Deed.ops(
        new HostOp.Assemble(
            run.runId(),
            run.subject(),
            run.identity().version(),
            run.identity().revision(),
            run.spec().shared(),
            modes));
  }

  /** The largest number of files that does not travel as a tar. */
  private static final int SMALL_UPLOAD = 16;
}

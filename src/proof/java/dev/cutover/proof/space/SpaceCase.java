package dev.cutover.proof.space;

/**
 * One disk that is squeezed once.
 *
 * @param sick whether the release is one whose health check fails, so that it is taken back
 * @param point the operation before which it happens, counted from 0
 * @param operation its name
 */
record SpaceCase(Squeeze squeeze, boolean sick, int point, String operation) {

  @Override
  public String toString() {
    return "%s before %d %s of %s release"
        .formatted(squeeze, point, operation, sick ? "a sick" : "a good");
  }
}

package dev.cutover.transport;

/** Hears how far an upload is. */
@FunctionalInterface
public interface TransferListener {

  /**
   * Called now and then while an upload runs, and once at its end.
   *
   * @param done bytes of file content handed to the link so far
   * @param total bytes of file content in all
   */
  void progress(long done, long total);
}

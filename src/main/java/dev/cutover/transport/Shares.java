package dev.cutover.transport;

import dev.cutover.domain.Listing;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The files of one upload, shared out among its streams: each takes more when it has sent its own.
 */
final class Shares {

  /** Little enough that no stream is long at work when the others have come to their end. */
  private static final long BYTES = 1 << 19;

  private final Iterator<Listing.Item> left;

  Shares(Listing files) {
    left = files.items().iterator();
  }

  /** The next few files, neighbours; none when all are taken. */
  synchronized List<Listing.Item> take() {
    List<Listing.Item> share = new ArrayList<>();
    long bytes = 0;
    while (left.hasNext() && bytes < BYTES) {
      Listing.Item file = left.next();
      share.add(file);
      // A small file costs what its header and its creation do.
      bytes += file.size() + 1024;
    }
    return share;
  }
}

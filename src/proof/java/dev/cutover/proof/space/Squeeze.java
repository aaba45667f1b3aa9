package dev.cutover.proof.space;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A way in which a host stops taking what is written.
 *
 * @param named words of which one must stand in what is said about it
 * @param room whether it is for want of room: then nothing of the release may be kept
 * @param foreign whether the host is worked by a user of little rights
 */
record Squeeze(
    String name, Deed strike, Deed lift, List<String> named, boolean room, boolean foreign) {

  static final int NOBODY = 65534;

  /** What is done to the disk. */
  @FunctionalInterface
  interface Deed {
    void to(SmallDisk disk) throws IOException;
  }

  static List<Squeeze> all() {
    List<Squeeze> all = new ArrayList<>();
    for (int kib : new int[] {0, 4, 20, 64, 300}) {
      all.add(
          new Squeeze(
              kib + " KiB left",
              disk -> disk.fill(kib * 1024L),
              SmallDisk::empty,
              List.of("the file system is full", "free and the release needs"),
              true,
              false));
    }
    for (int left : new int[] {0, 1, 3, 12}) {
      all.add(
          new Squeeze(
              left + " inodes left",
              disk -> disk.fillInodes(left),
              SmallDisk::empty,
              List.of("the file system has no inodes left", "inodes free and the release needs"),
              true,
              false));
    }
    all.add(
        new Squeeze(
            "remounted read-only",
            disk -> disk.readOnly(true),
            disk -> disk.readOnly(false),
            List.of("the file system is read-only"),
            false,
            false));
    for (String path :
        List.of("", ".cutover", ".cutover/staging", ".cutover/journal", "releases")) {
      all.add(
          new Squeeze(
              "chattr +i of /" + path,
              disk -> disk.immutable(path, true),
              disk -> disk.immutable(path, false),
              List.of("protected against changes", "may not write"),
              false,
              false));
    }
    for (String path : List.of("", ".cutover/staging", ".cutover/journal", "releases")) {
      all.add(
          new Squeeze(
              "another user's /" + path,
              disk -> disk.give(path, 0),
              disk -> disk.give(path, NOBODY),
              List.of("permission denied", "may not write"),
              false,
              true));
    }
    return all;
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.cutover.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an archive holds, by normal names. Its links are resolved within it, in memory, so that none
 * ever exists on a disk; what they lead to is taken in their place.
 */
final class ArchiveTree {

  /** As many as Linux follows. */
  private static final int MOST_HOPS = 40;

  /** A link that leads nowhere we go. */
  private static final class BadLink extends Exception {
    private static final long serialVersionUID = 1L;

    BadLink(String why) {
      super(why);
    }
  }

  private record Link(String target, boolean hard) {}

  private final NavigableMap<String, Path> files = new TreeMap<>();
  private final NavigableSet<String> directories = new TreeSet<>();
  private final NavigableMap<String, Link> links = new TreeMap<>();
  private final ItemSink sink;
  private final ArchiveLimits limits;

  ArchiveTree(ItemSink sink, ArchiveLimits limits) {
    this.sink = sink;
    this.limits = limits;
  }

  void file(String name, Path unpacked) {
    if (isNew(name)) {
      directory(Names.parent(name));
      files.put(name, unpacked);
    }
  }

  void directory(String name) {
    for (String at = name; !at.isEmpty() && directories.add(at); at = Names.parent(at)) {
      // Those above are directories too.
    }
  }

  /** A link: a hard one names its target from the archive's root, a symbolic one from beside it. */
  void link(String name, String target, boolean hard) {
    if (isNew(name)) {
      directory(Names.parent(name));
      links.put(name, new Link(target, hard));
    }
  }

  private boolean isNew(String name) {
    boolean known = files.containsKey(name) || links.containsKey(name);
    if (known) {
      sink.refuse(Names.shown(name) + " is written twice");
    }
    return !known;
  }

  /** Hands everything on, links as what they lead to. */
  void emit() throws IOException {
    directories.forEach(sink::directory);
    files.forEach(sink::file);
    for (Map.Entry<String, Link> entry : links.entrySet()) {
      String name = entry.getKey();
      if (directories.contains(name)) {
        sink.refuse(Names.shown(name) + " is a link, and other entries lie below it");
      } else {
        follow(name, name, entry.getValue(), new HashSet<>());
      }
    }
  }

  private void follow(String at, String name, Link link, Set<String> above) throws IOException {
    limits.linked(at);
    try {
      copy(at, resolve(name, link), above);
    } catch (BadLink e) {
      sink.refuse(
          "%s is a link to %s, which %s"
              .formatted(Names.shown(at), Names.shown(link.target()), e.getMessage()));
    }
  }

  private void copy(String at, String target, Set<String> above) throws BadLink, IOException {
    Path file = files.get(target);
    if (file != null) {
      copied(at, file);
      return;
    }
    if (!target.isEmpty() && !directories.contains(target)) {
      throw new BadLink("is not in the archive");
    }
    String below = target.isEmpty() ? "" : target + "/";
    if (at.startsWith(below) || !above.add(target)) {
      throw new BadLink("is a directory it lies in");
    }
    String end = target + "0"; // '0' follows '/'
    sink.directory(at);
    int cut = below.length();
    for (String directory : directories.subSet(below, end)) {
      String there = at + "/" + directory.substring(cut);
      limits.linked(there);
      sink.directory(there);
    }
    for (Map.Entry<String, Path> entry : files.subMap(below, end).entrySet()) {
      copied(at + "/" + entry.getKey().substring(cut), entry.getValue());
    }
    for (Map.Entry<String, Link> entry : links.subMap(below, end).entrySet()) {
      String name = entry.getKey();
      follow(at + "/" + name.substring(cut), name, entry.getValue(), above);
    }
    above.remove(target);
  }

  /** It goes up once for each place it has. */
  private void copied(String at, Path unpacked) throws IOException {
    limits.linked(at);
    limits.take(Files.size(unpacked));
    sink.file(at, unpacked);
  }

  /** Where a link leads in the end, following links on its way. */
  private String resolve(String name, Link first) throws BadLink {
    List<String> at = new ArrayList<>(Names.segments(name));
    Deque<String> ahead = new ArrayDeque<>();
    turn(at, ahead, first);
    int hops = 1;
    while (!ahead.isEmpty()) {
      String segment = ahead.pop();
      if (segment.equals("..")) {
        if (at.isEmpty()) {
          throw new BadLink("leaves the archive");
        }
        at.remove(at.size() - 1);
        continue;
      }
      at.add(segment);
      Link link = links.get(String.join("/", at));
      if (link != null) {
        if (++hops > MOST_HOPS) {
          throw new BadLink("leads in a circle");
        }
        turn(at, ahead, link);
      }
    }
    return String.join("/", at);
  }

  private static void turn(List<String> at, Deque<String> ahead, Link link) throws BadLink {
    List<String> segments = new ArrayList<>(Names.segments(link.target()));
    String inside = segments.stream().filter(s -> !s.equals("..")).collect(Collectors.joining("/"));
    if (link.target().startsWith("/") || Names.wrongWith(inside).isPresent()) {
      throw new BadLink("leaves the archive");
    }
    if (link.hard()) {
      at.clear();
    } else {
      at.remove(at.size() - 1);
    }
    Collections.reverse(segments);
    segments.forEach(ahead::push);
  }
}

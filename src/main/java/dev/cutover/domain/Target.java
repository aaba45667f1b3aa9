package dev.cutover.domain;

import java.util.Optional;
import java.util.OptionalInt;

/** A release root on one machine, as the user named it. */
public sealed interface Target {

  /** What reports and errors call this host, e.g. {@code app1.example.com} or {@code localhost}. */
  String host();

  Root root();

  /** The target as the user may type it again. Never holds a password. */
  String url();

  /** The order locks are taken in: host, port, root. Equal keys are the same place. */
  String lockOrder();

  /** A root given absolutely, or below the home of the login user ({@code /~/shop}). */
  sealed interface Root {
    /** An absolute root. */
    record Absolute(RemotePath path) implements Root {}

    /** A root below the login user's home; {@code relative} has no leading slash. */
    record UnderHome(String relative) implements Root {}
  }

  /**
   * A host reached over SSH. Absent user or port: as ssh_config says, else the local user and 22.
   */
  record Ssh(String host, Optional<String> user, OptionalInt port, Root root, String url)
      implements Target {
    @Override
    public String lockOrder() {
      return "%s:%05d:%s".formatted(host, port.orElse(22), root);
    }
  }

  /** This machine. */
  record Local(Root root, String url) implements Target {
    @Override
    public String host() {
      return "localhost";
    }

    @Override
    public String lockOrder() {
      return "localhost:00000:" + root;
    }
  }
}

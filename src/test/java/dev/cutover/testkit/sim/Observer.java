package dev.cutover.testkit.sim;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry;

/** Looks on while scripts work. What it finds wrong it throws. */
public interface Observer {

  /** Sees nothing. */
  Observer BLIND = new Observer() {};

  /** Between any two things a host does. */
  default void between(Machine machine) {}

  /** A script is about to change something under the mutex. */
  default void changes(Machine machine, String token, String what) {}

  /** A lock is given, perhaps once more to the run that has it already. */
  default void granted(Machine machine, LockToken token) {}

  /** A record was written, and is not synced yet. */
  default void recorded(Machine machine, JournalEntry entry) {}

  /** A release was made durable, and is about to be recorded sealed. */
  default void sealed(Machine machine, String id) {}

  /** {@code current} is about to lead elsewhere. */
  default void flips(Machine machine, LockToken token, RemotePath to) {}

  /** A release is about to be pruned. */
  default void prunes(Machine machine, String id) {}

  /** A command is about to be started. */
  default void starts(Machine machine, Job job) {}

  /** A machine has started again. */
  default void booted(Machine machine) {}
}

package dev.cutover.proof.openssh;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Counts the moments of a run at which a fault may hit it, and lets one hit at one of them. A
 * moment is the time before a remote operation, each thing the operation says, and the time after
 * it.
 */
public final class Moments {

  /** What happens at the chosen moment. */
  @FunctionalInterface
  public interface Blow {
    /**
     * Strikes.
     *
     * @param shell the process on the host that is at work, or -1
     */
    void strike(long shell);
  }

  private final int at;
  private final Blow blow;
  private final AtomicInteger passed = new AtomicInteger();
  private final Consumer<String> ear;
  private volatile String struck = "";

  /**
   * Moments that count up to a blow.
   *
   * @param at which moment, from 1; 0: none
   */
  public Moments(int at, Blow blow) {
    this(at, blow, what -> {});
  }

  /** Moments that are also told of. */
  Moments(int at, Blow blow, Consumer<String> ear) {
    this.at = at;
    this.blow = blow;
    this.ear = ear;
  }

  /** Moments at which nothing happens but that they are told. */
  static Moments heard(Consumer<String> ear) {
    return new Moments(0, shell -> {}, ear);
  }

  public static Moments uneventful() {
    return new Moments(0, shell -> {});
  }

  void pass(String what, long shell) {
    ear.accept(what);
    if (passed.incrementAndGet() == at) {
      struck = what;
      blow.strike(shell);
    }
  }

  public int count() {
    return passed.get();
  }

  /** What was under way when the blow fell; empty when it has not. */
  public String struck() {
    return struck;
  }
}

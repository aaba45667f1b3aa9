package dev.cutover.app;

import dev.cutover.bundle.BundleSpec;
import dev.cutover.domain.Payload;
import dev.cutover.domain.Sleeper;
import dev.cutover.domain.Ticker;
import dev.cutover.engine.Tools;
import dev.cutover.transport.HostConnector;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What the goals work with; tests put fakes here.
 *
 * @param runIds makes run ids, 16 hex digits each
 * @param owner who we are, {@code user@machine}
 */
public record Wiring(
    HostConnector connector,
    Bundler bundler,
    Checkable checkable,
    Tools tools,
    Sleeper sleeper,
    Ticker ticker,
    Supplier<String> runIds,
    String owner) {

  /** Assembles what is released. */
  @FunctionalInterface
  public interface Bundler {
    /**
     * Assembles a bundle.
     *
     * @param work a directory that may be filled with what archives hold
     * @throws dev.cutover.error.BadParametersException naming everything that is wrong with it
     */
    Payload assemble(BundleSpec spec, Path work);
  }
}
